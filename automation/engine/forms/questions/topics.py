"""What plain questions ask that no profile answers: one topic for the ways in which ten languages ask it.

An answer that the person gave to one of them goes for the others. Each is the whole of a question: "a UK driving
licence" is no driving licence. What is to be told in one's own words is no topic: it is in the language that it is in.
"""

import re
from functools import lru_cache

import pycountry

from automation.engine.forms.places import language_names
from automation.engine.forms.questions.meanings import normalized

_OF = r"(?P<of>[\w&+#]+)"
_YOU_HAVE = (
    r"(?:do you (?:currently )?(?:have|hold|possess|own)|haben sie|hast du|besitz(?:en sie|t du)|verfüg(?:en sie|st du) über"
    r"|avez-vous|as-tu|possédez-vous|(?:disposez-vous|êtes-vous titulaire) d[u']|tienes?|posees?|dispones? de|cuentas? con"
    r"|heb je|heeft u|hebt u|beschik je over|hai|possiedi|tem|tens|possui|har du|(?:czy )?(?:masz|posiadasz))"
)
TOPICS: dict[str, str] = {
    "driving licence": rf"(?:{_YOU_HAVE} ?)?(?:a |an |einen |le |un |el |een |la |una |a |ett? )?(?:(?:full|valid|current|gültigen|geldig|giltigt|gyldigt?),? )*"
    r"(?:(?:driver'?s?|driving) licen[sc]e|führerschein(?: (?:der )?klasse b| b)?|permis (?:de conduire|b)(?: valide)?"
    r"|(?:carn[eé]t?|permiso) de conducir(?: b)?|rijbewijs(?: b)?|patente(?: di guida| b)+|carta de (?:condução|conduzir)"
    r"|(?:b-)?körkort|kørekort|førerkort|prawo jazdy(?: kat\.? b| kategorii b)?)",
    "own car": rf"(?:{_YOU_HAVE} ?)?(?:(?:a|your own) (?:car|vehicle)|(?:einen )?eigene[nrs]? (?:pkw|auto|fahrzeug)|(?:ein )?eigenes (?:auto|fahrzeug)"
    r"|(?:un |une )?(?:véhicule personnel|voiture personnelle)|(?:coche|vehículo) propio|(?:een )?eigen auto|(?:un'?)?auto propria"
    r"|(?:carro|veículo|viatura) própri[oa]|egen bil|własny samochód)",
    "language level": r"(?:what is )?(?:your )?(?:current )?(?:level of|proficiency in) (?P<a>\w+)|how well do you speak (?P<b>\w+)"
    r"|how (?:would you rate|good is|fluent is) your (?P<c>\w+)|(?:your )?(?P<d>\w+) (?:language )?(?:level|proficiency|skills)"
    r"|wie gut (?:sprichst du|sprechen sie) (?P<e>\w+)|(?:wie gut sind )?(?:ihre |deine )?(?P<f>\w+)kenntnisse|niveau in (?P<g>\w+)"
    r"|(?:quel est )?(?:votre |ton )?niveau (?:d'|de |en )(?P<h>\w+)|(?:cuál es )?(?:tu |su )?nivel de (?P<i>\w+)"
    r"|hoe goed spreekt? (?:je|u) (?P<j>\w+)|(?:qual è )?(?:il tuo )?livello (?:di |d')(?P<k>\w+)|(?:qual é )?(?:o )?(?:seu |teu )?nível de (?P<l>\w+)"
    r"|hur bra talar du (?P<m>\w+)|hvor godt (?:taler|snakker) du (?P<n>\w+)",
    "tools": rf"(?:which|what|select all)(?: of (?:these|the following)| the)? {_OF}(?: (?:tools?|systems?|software|platforms?|programs?))?"
    r" (?:have you (?:used|worked with)|you have (?:used|worked with)|do you have (?:hands-on )?experience with)"
    r"|(?:mit welchen|welche) (?P<a>\w+?)(?:-?(?:systeme?n?|tools?|software|programme?n?|plattformen))? (?:haben sie|hast du)(?: schon| bereits)?(?: einmal)?"
    r" (?:gearbeitet|genutzt|verwendet|benutzt)"
    r"|(?:avec )?quel(?:le)?s (?:outils|logiciels|systèmes|plateformes)(?: de)? (?P<b>\w+) avez-vous (?:déjà )?(?:utilisée?s|travaillé)"
    r"|(?:con )?qué (?:herramientas|sistemas|programas|plataformas)(?: de)? (?P<c>\w+) has (?:utilizado|usado|trabajado)"
    r"|(?:met )?welke (?P<d>\w+?)(?:-?(?:systemen|tools|software|pakketten))? heb je (?:gewerkt|gebruikt)"
    r"|(?:con )?quali (?:strumenti|sistemi|software|piattaforme)(?: di)? (?P<e>\w+) hai (?:usato|utilizzato|lavorato)"
    r"|(?:com )?(?:que|quais) (?:ferramentas|sistemas|programas|plataformas)(?: de)? (?P<f>\w+) já (?:usou|utilizou|trabalhou)"
    r"|(?:vilka|hvilke) (?P<g>\w+?)(?:-?(?:system(?:er)?|verktyg|værktøjer|verktøy))? har du (?:använt|brugt|brukt|arbetat med|arbejdet med|jobbet med)",
    "travel": r"(?=.*travel)(?:how much(?: travel)?|what (?:percentage|share)(?: of (?:the|your) time)?) (?:are|would) you (?:be )?(?:willing|able|open|prepared|happy)"
    r"(?: to)?(?: travel)?(?: for (?:work|this (?:role|job|position)))?"
    r"|are you (?:willing|able|prepared|happy) to travel(?: for work| as part of (?:the|this) (?:role|job|position))?"
    r"|(?:ihre |deine )?reisebereitschaft|(?:sind sie|bist du) bereit,? (?:beruflich )?zu reisen"
    r"|(?:quelle est )?(?:votre |ta )?mobilité(?: professionnelle)? \(déplacements\)|(?:êtes-vous prêt\W?e?\W? à|acceptez-vous de) (?:vous déplacer|voyager)"
    r"|(?:(?:qué|cuál es tu) )?disponibilidad (?:tienes? )?para viajar|(?:wat is je )?reisbereidheid|ben je bereid (?:om )?te reizen(?: voor (?:je )?werk)?"
    r"|disponibilità (?:a viaggiare|(?:alle|a) trasferte)|(?:tem )?disponibilidade para (?:viajar|viagens)|reisevillighet|rejsevillighed|gotowość do podróży służbowych",
    "weekends": r"(?:are|would) you (?:be )?(?:available|able|willing|prepared|happy)(?: to work| for)? (?:at |on |over )?(?:the )?weekends?(?: work)?(?: if (?:needed|required))?"
    r"|can you work (?:on |at )?(?:the )?weekends|(?:sind sie|bist du) bereit,? (?:auch )?(?:am wochenende|an wochenenden) zu arbeiten|(?:können sie|kannst du) am wochenende arbeiten"
    r"|(?:êtes|seriez)-vous (?:disponible|prêt\W?e?\W? à travailler) les? week-?ends?|pouvez-vous travailler le week-?end"
    r"|(?:estás|estarías?) (?:dispuest[oa](?:/a)?|disponible) (?:a|para) trabajar (?:los )?fines de semana|puedes trabajar (?:los )?fines de semana"
    r"|ben je (?:bereid|beschikbaar)(?: om)? in het weekend(?: te werken)?|kun je in het weekend werken|(?:sei|saresti) disponibile (?:a lavorare )?(?:nei|nel) (?:weekend|fine settimana)"
    r"|(?:tem )?disponibilidade para trabalhar (?:aos|nos) (?:fins|finais) de semana|kan du (?:jobba|arbeta) (?:på )?helger(?:na)?|kan du (?:arbejde|jobbe) i (?:weekenden|helgene?)"
    r"|(?:czy )?możesz pracować w weekendy",
    "people led": r"how many (?:people|employees|team members|direct reports) have you (?:managed|led|supervised|had)|wie viele (?:personen|mitarbeiter\W?(?:innen)?|mitarbeitende) (?:haben sie|hast du) (?:bisher |bereits )?(?:geführt|geleitet)"
    r"|combien de (?:personnes|collaborateurs) avez-vous (?:déjà )?(?:managée?s|encadrée?s|dirigée?s)|cuántas personas (?:has tenido|tienes) a (?:tu )?cargo|cuántas personas has (?:dirigido|liderado|gestionado)"
    r"|aan hoeveel (?:mensen|medewerkers) heb je leiding ?gegeven|quante persone hai (?:gestito|coordinato|diretto)|quantas pessoas (?:já )?(?:geriu|liderou)"
    r"|hur många (?:personer|medarbetare) har du lett|hvor mange (?:personer|medarbejdere|medarbeidere) har du ledet|iloma osobami kierował[ae]ś",
}  # fmt: skip
_PATTERNS = {name: re.compile(rf"¿?(?:{pattern})") for name, pattern in TOPICS.items()}
_NOUNS = re.compile(r"(?<=\w\w)s$")


@lru_cache(maxsize=2048)
def topic_of(question: str) -> str:
    """Return the topic of a question, with what it is about if it names that; empty if none is known."""
    text = normalized(question)
    for name, pattern in _PATTERNS.items():
        if asked := pattern.fullmatch(text):
            return _about(name, next(filter(None, asked.groupdict().values()), ""))
    return ""


def _about(name: str, thing: str) -> str:
    if name == "language level":
        thing = _languages().get(thing, "")
        return f"{name}: {thing}" if thing else ""
    return f"{name}: {_NOUNS.sub('', thing)}" if thing else name


@lru_cache(maxsize=1)
def _languages() -> dict[str, str]:
    """Return the languages that have a code of two letters (ISO 639-1), by all their names."""
    known = [one.name for one in pycountry.languages if hasattr(one, "alpha_2")]
    return {name: language for language in known for name in language_names(language)}
