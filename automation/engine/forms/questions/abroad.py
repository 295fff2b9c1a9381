"""What forms ask in German, French, Spanish and Dutch: plain facts alone, each only where it is the whole question.

Words of law and of the person stay out: they are asked, since their exact meaning cannot be told from a name. Only
whether one may work in a country is answered, in the sentences that ask for that and for nothing else.
"""

import re

from automation.engine.forms.questions import abroad_more

_BEFORE = (
    r"¿?(?:(?:was (?:ist|sind)|wie (?:ist|lautet)|quel(?:le)?s? (?:est|sont)|cuál(?:es)? (?:es|son)|wat (?:is|zijn)|bitte|deine?|ihre?n?|votre|vos|ton|ta|tu|su|sus|tus|uw|je|jouw|numéro de|número de"
    rf"|{abroad_more.BEFORE}) )*"
)
_AFTER = r"(?: ?\?? ?\([^()]*\))?"
_EARLIEST = r"(?:(?:frühest|nächst)?(?:mögliche|möglicher|mögliches|möglich)|früheste[rs]?|gewünschte[rs]?) "

SPEAKS = re.compile(
    r"¿?(?:do you speak|sprechen sie|sprichst du|parlez-vous|hablas?|spree?kt? (?:je|u)) (?P<language>[^\W\d_]+(?: [^\W\d_]+)?)"
)
# What a question begins with that is to be answered by yes or no.
VERBS = (
    r"sind|bist|haben|hast|besitz(?:en|t)|können|kannst|sprechen|sprichst|verfügen|verfügst|wohnen|wohnst|möchten|würden"
    r"|êtes|avez|pouvez|possédez|disposez|parlez|habitez|souhaitez|seriez|est-ce|as-tu|es-tu"
    r"|eres|estás?|tienes?|cuentas?|dispones?|puedes?|hablas?|vives?|posees?|heb|hebt|heeft|ben|bent|kun|kunt|spreekt?|woont?"
    rf"|{abroad_more.VERBS}"
)
# In the order in which they are tried: the names of several things stand before those of one.
WORDINGS: dict[str, str] = {
    "full_name": r"name, ?vorname|vor- ?(?:und|&) ?(?:nach|zu)name|vorname ?(?:und|&|/|,) ?(?:nach|familien)?name|vollständiger name"
    r"|noms? ?(?:et|&|/) ?prénoms?|prénoms? ?(?:et|&|/) ?noms?(?: de famille)?|nom complet|nombres? (?:y|e) apellidos?"
    r"|nombre completo|volledige naam|voor- ?en achternaam|naam"
    r"|wie hei(?:ß|ss)(?:t du|en sie)|comment (?:vous appelez-vous|t'appelles-tu)|cómo (?:te llamas|se llama(?: usted)?)|hoe heet (?:je|u)",
    "first_name": r"vornamen?|prénoms?|nombre(?: de pila)?|voornaam",
    "last_name": r"nachname|familienname|zuname|nom(?: de famille)?|(?:primer )?apellidos?|achternaam|familienaam",
    "email": r"e-?mail-?adres(?:se)?|adresse (?:e-?mail|mail|courriel|électronique)|courriel|correo(?: electrónico)?",
    "phone_country": r"indicatif(?: (?:pays|téléphonique))?|länder-?vorwahl|landesvorwahl|vorwahl|landcode|landnummer"
    r"|prefijo(?: (?:telefónico|internacional|de(?:l)? país))*|código (?:de|del) país",
    "phone": r"telefon(?:nummer)?(?: (?:privat|mobil))?|handy(?:nummer)?|mobil(?:nummer|telefon)?|telefon ?(?:/|oder) ?(?:handy|mobil)|rufnummer"
    r"|(?:téléphone|tél\.?|portable)(?: (?:portable|mobile|fixe))?|(?:teléfono|móvil|celular)(?: (?:móvil|celular|de contacto))?"
    r"|(?:mobiele? )?telefoon(?:nummer)?|mobiel(?: nummer)?|gsm(?:-?nummer)?",
    "street": r"(?:anschrift|adresse(?: postale)?|dirección(?: postal)?|domicilio|adres)"
    r"|stra(?:ss|ß)e(?: ?(?:,|/|und|&)? ?(?:haus(?:nummer|-?nr\.?)|nr\.?))?|rue|calle(?: y número)?|straat(?: en huisnummer)?",
    "region": r"bundesland|kanton|kanton ?/ ?bundesland|bundesland ?/ ?kanton|provincia|provincie"
    r"|région(?: ?/ ?(?:état|province|canton|département))?|(?:état|province) ?/ ?(?:région|province|état)"
    r"|estado|(?:estado|región|comunidad) ?(?:/|o|u) ?(?:estado|provincia|región)|provincia ?(?:/|o|u) ?(?:estado|región|comunidad)",
    "postal_code": r"plz|postleitzahl|code postal|código postal",
    "city": r"(?:wohn)?ort|stadt|(?:ville|ciudad|localidad|población|municipio)(?: de (?:résidence|residencia))?|(?:woon)?plaats|stad"
    r"|wo wohn(?:st du|en sie)|où habite(?:z-vous|s-tu)|(?:en )?dónde (?:vives?|resides?)|waar woont? (?:je|u)",
    "country": r"(?:wohnsitz)?land|pays(?: de résidence)?|país(?: de residencia)?|land van verblijf",
    "current_company": r"(?:aktuelle|derzeitige|jetzige)r arbeitgeber|(?:employeur|entreprise) actuel(?:le)?|empresa actual|huidige werkgever",
    "current_title": r"(?:aktuelle|derzeitige|jetzige)r? (?:position|stelle|tätigkeit|berufsbezeichnung|stellenbezeichnung|job(?:titel)?)"
    r"|(?:intitulé (?:de|du) (?:(?:votre|ton) )?)?(?:poste|fonction) (?:actuel(?:le)?|occupée? actuellement|actuellement occupée?)"
    r"|(?:puesto|cargo)(?: de trabajo)? actual|huidige (?:functie(?:titel)?|baan|rol)",
    "salary": r"(?:(?:wie hoch|was) (?:ist|sind) (?:ihre?|deine?) )?(?:gehalts|lohn)(?:vorstellung(?:en)?|wunsch|erwartung(?:en)?)|wunschgehalt"
    r"|(?:quelles sont (?:vos|tes) )?prétentions? salariales?(?: (?:brutes?|(?:annuel|mensuel)les?)){0,2}|(?:salaire|rémunération) souhaitée?"
    r"|(?:cuáles? (?:es|son) (?:tus?|sus?) )?(?:expectativas?|pretensi(?:ón|ones)) salarial(?:es)?(?: (?:brutas?|(?:anual|mensual)(?:es)?)){0,2}|salario (?:deseado|esperado)|(?:wat is (?:je|uw) )?salaris(?:indicatie|wens|verwachting)|gewenst salaris",
    "start_date": rf"(?:per|vanaf) wanneer (?:ben je|bent u|kun je|kunt u) (?:beschikbaar|beginnen|starten)|(?:{_EARLIEST})*(?:eintritts|start)(?:termin|datum)|verfügbar ab"
    r"|(?:(?:ab|per) )?wann (?:können|könnten|kannst|könntest) (?:sie|du) (?:frühestens )?(?:bei uns |die stelle )?(?:anfangen|beginnen|starten|antreten)"
    r"|ab wann (?:sind sie|wären sie|bist du|wärst du) verfügbar|(?:à partir de )?quand (?:êtes|seriez)-vous disponible|quand pouvez-vous commencer|quelle est (?:votre|ta) disponibilité"
    r"|cuándo (?:puedes?|podrías?) (?:incorporar[ts]e|empezar|comenzar)|(?:vanaf )?wanneer (?:kun je|kunt u) (?:beginnen|starten)"
    r"|(?:ab|zu) welchem (?:datum|zeitpunkt|termin) (?:sind|wären|können) sie (?:verfügbar|anfangen|beginnen)|(?:à partir de|dès) quelle date (?:êtes|seriez)-vous disponible"
    r"|(?:a partir de|desde) (?:qué fecha|cuándo) (?:estás?|estarías?) disponible|vanaf welke datum (?:ben je|bent u) beschikbaar"
    r"|date (?:de début|de disponibilité|d'(?:entrée|embauche))(?: souhaitée)?"
    r"|fecha de (?:inicio|incorporación|disponibilidad)(?: deseada)?|(?:gewenste |vroegst mogelijke )?(?:start|begin)datum|beschikbaar (?:vanaf|per)",
    "experience": r"(?:jahre berufserfahrung|années? d'expérience(?: professionnelle)?|años de experiencia(?: laboral| profesional)?|jaren (?:werk)?ervaring)"
    r"|wie viele jahre (?:berufs|arbeits)erfahrung (?:haben sie|hast du)|combien d'années d'expérience(?: professionnelle)? avez-vous"
    r"|cuántos años de experiencia(?: laboral| profesional)? tienes?|hoeveel jaar (?:werk)?ervaring (?:heb je|hebt u|heeft u)",
    "languages": r"(?:welche sprachen (?:sprichst du|sprechen sie)|quelles langues parlez-vous|qué idiomas hablas?|welke talen spree?kt? (?:je|u))"
    r"|sprachkenntnisse|langues? (?:parlées?|maîtrisées?)|idiomas(?: que hablas?)?|talenkennis",
    "degree": r"höchster (?:(?:bildungs|schul)?abschluss|bildungsgrad)|welchen (?:höchsten )?(?:bildungs)?abschluss (?:hast du|haben sie)|niveau d'(?:études?|formation)"
    r"|(?:dernier|plus haut) diplôme(?: obtenu)?|(?:máximo )?nivel (?:máximo )?de (?:estudios|formación)(?: alcanzado)?"
    r"|(?:hoogst )?(?:(?:genoten|afgeronde|behaalde) )?opleiding(?:sniveau)?",
    "relocation": r"(?:sind sie|bist du) (?:umzugsbereit|bereit,?(?: für (?:diese[nr]?|die|den) (?:stelle|position|job),?)? umzuziehen)|umzugsbereit(?:schaft)?|bereit(?:schaft)? (?:zu einem|zum) umzug"
    r"|(?:êtes|seriez)-vous (?:prêt(?:\W?e\W?)?|disposée?|ouverte?) à (?:déménager|une relocalisation)|mobilité géographique"
    r"|(?:(?:tienes?|cuentas? con) )?disponibilidad (?:para|de) (?:cambi(?:ar|o) de (?:residencia|ciudad)|trasladarte|trasladarse|mudarte|mudarse)"
    r"|(?:estás|está) dispuest[oa](?:/a)? a (?:mudarte|mudarse|trasladarte|trasladarse)|ben je bereid (?:om )?te verhuizen",
    "notice_period": r"(?:(?:wie lange? ist|was ist) (?:ihre|deine) )?kündigungsfrist|welche kündigungsfrist (?:haben sie|hast du)|quel(?:le)? est (?:la durée de )?votre (?:période de )?préavis|(?:(?:durée|période) (?:de |du )(?:votre )?)?préavis|(?:cuál es (?:tu|su) )?(?:período de |plazo de )?preaviso|(?:wat is (?:je|uw) )?opzegtermijn",
    "work_mode": r"wie (?:möchtest du|möchten sie) (?:am liebsten )?arbeiten|wie arbeite(?:st du|n sie) am liebsten|(?:bevorzugtes|gewünschtes) arbeitsmodell"
    r"|welches arbeitsmodell (?:bevorzugst du|bevorzugen sie)|(?:quel )?(?:mode|rythme) de travail (?:préféré|souhaité|(?:préférez|souhaitez)-vous)"
    r"|(?:qué )?modalidad de trabajo (?:prefieres?|preferida|deseada)|hoe werkt? (?:je|u) het liefst|gewenste werkvorm",
    "heard_from": r"(?:wie|wodurch|woher) (?:haben sie|hast du|sind sie|bist du) (?:von|über|auf) [\w& -]{2,60} (?:erfahren|gehört|aufmerksam geworden)"
    r"|wo (?:haben sie|hast du) (?:diese|die|unsere) (?:stelle(?:nanzeige)?|anzeige|ausschreibung) (?:gefunden|gesehen|entdeckt)|woher (?:kennen sie|kennst du) uns"
    r"|(?:so|hier|darüber|dadurch) (?:bin|habe) ich (?:von|über|auf) [\w& -]{2,60} (?:erfahren|gehört|aufmerksam geworden)"
    r"|comment avez-vous (?:entendu parler de|(?:eu|pris) connaissance de|connu|découvert|trouvé) [\w&' -]{2,60}"
    r"|où avez-vous (?:vu|trouvé|découvert) (?:cette|notre) (?:offre|annonce)(?: d'emploi)?"
    r"|(?:cómo|dónde) (?:has (?:conocido|visto|encontrado)|conociste|viste|encontraste) (?:esta|la|nuestra) (?:oferta|vacante)(?: de (?:empleo|trabajo))?"
    r"|cómo (?:nos (?:conociste|conoció|ha conocido|has conocido)|(?:se enteró|te enteraste) de [\w& ]{2,60})"
    r"|(?:hoe|waar) (?:heb je|hebt u|heeft u) (?:ons|(?:deze|onze|de) vacature) (?:gevonden|gezien)"
    r"|hoe (?:ben je|bent u) (?:bij|op) [\w& ]{2,60} (?:terecht)?gekomen|hoe heb je (?:over|van) [\w& ]{2,60} gehoord",
}  # fmt: skip
GENDER = re.compile(rf"^{_BEFORE}(?:geschlecht|genre|sexe|género|sexo|geslacht){_AFTER}$")
# A sentence that agrees to how one's data are handled in this application, and to nothing else.
CONSENT_PRIVACY = re.compile(
    r"^(?=.*datenschutz)(?=.*\b(?:ich|hiermit)\b).*(?:gelesen|zur kenntnis|einverstanden|akzeptiere|stimme\b.*\bzu\b|willige\b.*\bein\b)"
    r"|^(?=.*(?:confidentialité|protection des données|données (?:personnelles|à caractère personnel))).*(?:j'ai (?:lu|pris connaissance)|j'accepte|je l'accepte|je consens)"
    r"|^(?:j'accepte|je consens à ce) que mes données(?: personnelles)? soient traitées dans le cadre de (?:ma|cette) candidature$"
    r"|^(?=.*(?:política de privacidad|protección de datos|datos personales)).*(?:acepto|he leído|consiento)"
    r"|^(?=.*(?:privacy|persoonsgegevens)).*(?:ga akkoord|heb .*gelezen|geef toestemming|accepteer)"
    rf"|{abroad_more.CONSENT_PRIVACY}"
)
MORE_THAN_PRIVACY = re.compile(
    r"\b(?:nicht|kein\w*|widerr\w*|newsletter|werbung|marketing|talent\w*|dritte[nr]?|künftig\w*|zukünftig\w*|weitere\w*|pool"
    r"|ne|pas|tiers|futur\w*|vivier|commercial\w*|no|terceros|comercial\w*|boletín|niet|geen|derden|toekomst\w*|nieuwsbrief|"
    rf"{abroad_more.MORE_THAN_PRIVACY})\b"
)
# The law of work; and the sentences of it that ask whether one may work in the country that is named, without its name.
PERMIT = re.compile(
    r"arbeits(?:erlaubnis|genehmigung|berechtigung|visum)|aufenthalts(?:erlaubnis|titel)|\bberechtigt\b.*\barbeiten"
    r"|(?:autorisation|droit|autorisé(?:\W?e\W?)?) (?:de|à) travail\w*|permis de travail|titre de séjour"
    r"|permiso de trabajo|(?:autorización|permiso|autorizad[oa](?:/a)?|derecho) (?:legal )?(?:para|a) trabajar"
    r"|^(?:darfst du|dürfen sie) in\b.*\barbeiten$|^mag (?:je|u) in\b.*\bwerken$"
    r"|werkvergunning|verblijfsvergunning|\b(?:gerechtigd|recht|bevoegd|toestemming) om\b.*\bwerken"
    rf"|{abroad_more.PERMIT}"
)
MAY_WORK = re.compile(
    r"(?:besitzt du|besitzen sie|hast du|haben sie) eine (?:gültige )?arbeits(?:erlaubnis|genehmigung) (?:für|in)(?: die| der| den)?"
    r"|(?:darfst du|dürfen sie) in(?: der| den)? arbeiten|mag (?:je|u) in(?: de)? werken|¿?(?:tienes?|tiene usted) permiso de trabajo (?:en|para)(?: los)?"
    r"|(?:bist du|sind sie)(?: gesetzlich)? berechtigt,? in(?: der| den)? zu arbeiten"
    r"|avez-vous (?:l'autorisation|le droit) de travailler (?:légalement )?(?:en|au|aux)"
    r"|êtes-vous (?:légalement )?autorisé(?:\W?e\W?)? à travailler (?:légalement )?(?:en|au|aux)"
    r"|(?:avez-vous|(?:disposez|bénéficiez)-vous d')\s?une autorisation de travail(?: valable| valide)? (?:en|au|aux|pour(?: l[ae]s?)?)"
    r"|¿?(?:tienes?|tiene usted) (?:autorización|permiso)(?: legal)? para trabajar(?: legalmente)? en(?: los)?"
    r"|¿?(?:estás|está) (?:legalmente )?autorizad(?:o|a|o/a) (?:para|a) trabajar(?: legalmente)? en(?: los)?"
    r"|(?:heb je|heeft u) een (?:geldige )?werkvergunning (?:voor|in)(?: de)?"
    r"|(?:ben je|bent u) (?:wettelijk )?gerechtigd om in(?: de)? te werken"
    rf"|{abroad_more.MAY_WORK}"
)
# Whether one needs to be sponsored to work in the country that is named, without its name; whether one is of age.
SPONSORED = re.compile(abroad_more.SPONSORED)
OF_AGE = re.compile(rf"^(?:{abroad_more.OF_AGE})$")
# What stands in brackets behind these may be a unit or a period, which changes what is to be said.
_BARE = frozenset({"notice_period"})


def pattern(name: str) -> re.Pattern[str]:
    """Return what matches the whole of a question, `normalized`, that asks for this."""
    asked = "|".join(words[name] for words in (WORDINGS, abroad_more.WORDINGS) if name in words)
    return re.compile(rf"^{_BEFORE}(?:{asked}){'' if name in _BARE else _AFTER}$")
