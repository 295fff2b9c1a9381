"""What forms ask in Italian, Portuguese, Swedish, Danish, Norwegian and Polish, in the manner of `abroad`."""

BEFORE = r"qual(?:i|is)? (?:è|sono|é|são)|vad är|hva(?:d)? er|jak(?:i|ie|a) (?:jest|są)|il tuo|la tua|il suo|la sua|o seu|a sua|o teu|a tua|ditt|din|dit|twój|twoja|twoje|podaj|proszę podać|czy"
VERBS = r"hai|sei|puoi|parli|possiedi|tem|tens|possui|fala|pode|har|är|kan|er|taler|snakker|czy"
WORDINGS: dict[str, str] = {
    "full_name": r"nome e cognome|cognome e nome|nome completo|nome e (?:apelido|sobrenome)|namn|för- och efternamn|fullständigt namn"
    r"|navn|fulde navn|fullt navn|for- og (?:efternavn|etternavn)|imię i nazwisko|nazwisko i imię"
    r"|come (?:ti chiami|si chiama)|como (?:se chama|te chamas)|vad heter du|hva(?:d)? (?:hedder|heter) du|jak się nazywasz",
    "first_name": r"nome(?: di battesimo| próprio)?|primeiro nome|förnamn|tilltalsnamn|fornavn|imi(?:ę|ona)",
    "last_name": r"cognome|apelido|sobrenome|último nome|efternamn|efternavn|etternavn|nazwisko",
    "email": r"indirizzo (?:e-?mail|di posta elettronica)|(?:endereço|correio) (?:de )?(?:e-?mail|eletr[óô]nico)|e-?post(?:adress(?:e)?)?"
    r"|e-?mail ?adress(?:e)?|mailadresse|adres e-?mail",
    "phone_country": r"prefisso(?: (?:internazionale|telefonico))?|indicativo(?: do país)?|código do país|landskod|landsnummer"
    r"|lande?kode|kod kraju|(?:numer )?kierunkowy(?: kraju)?",
    "phone": r"(?:numero di )?(?:telefono(?: cellulare)?|cellulare)|recapito telefonico|(?:número de )?(?:telem[óo]vel|telefone(?: celular)?|celular)"
    r"|mobilnummer|tlf\.?(?:-?nr\.?)?|numer telefonu(?: kontaktowego| komórkowego)?|telefon (?:kontaktowy|komórkowy)",
    "street": r"indirizzo(?: di residenza)?|morada|endereço|rua|(?:gatu)?adress|(?:gade|gate|vej)adresse|ulica(?: i numer(?: domu)?)?",
    "region": r"regione|distrito|län|województwo",
    "postal_code": r"cap|codice postale|código-postal|cep|postnummer|postnr\.?|kod pocztowy",
    "city": r"(?:città|comune)(?: di residenza)?|(?:localidade|cidade)(?: de residência)?|bostadsort|(?:bopæls)?by|miasto|miejscowość|miejsce zamieszkania"
    r"|dove (?:vivi|abiti|risiedi)|onde (?:mora|moras|vive|vives|reside)|(?:var|hvor) bor du|gdzie mieszkasz",
    "country": r"paese(?: di residenza)?|nazione|país de residência|(?:bostads|bopæls|bosteds)?land|kraj(?: zamieszkania)?",
    "current_company": r"attuale (?:azienda|datore di lavoro)|(?:azienda|datore di lavoro) attuale|(?:empresa|entidade patronal) atual"
    r"|nuvarande arbetsgivare|nuværende arbejdsgiver|nåværende arbeidsgiver|(?:obecny|aktualny) pracodawca",
    "current_title": r"(?:posizione|ruolo) attuale|(?:cargo|função) atual|nuvarande (?:titel|roll|befattning)|nuværende (?:stilling|titel)"
    r"|nåværende stilling|(?:obecne|aktualne) stanowisko",
    "salary": r"(?:retribuzione|ral|stipendio) (?:desiderat|attes)[ao]|aspettativ[ae] (?:retributiv|economic|salarial)[ae]"
    r"|(?:pretens(?:ão|ões)|expectativas?) salaria(?:l|is)(?: (?:anua(?:l|is)|mensa(?:l|is)))?(?: brutas?)?"
    r"|löneanspråk|önskad lön|løn(?:s)?forventning(?:er)?|lønnsforventning(?:er)?|oczekiwania finansowe|oczekiwane wynagrodzenie",
    "start_date": r"data di (?:inizio|disponibilità)|disponibile dal?|(?:da )?quando (?:puoi|potresti|può|potrebbe) iniziare|da quando (?:sei|è) disponibile"
    r"|data de (?:início|disponibilidade)|quando pode(?:ria)?s? começar|a partir de quando está disponível|när kan du (?:tidigast )?börja"
    r"|(?:tidigaste )?startdatum|tillträdesdatum|hvornår kan du (?:tidligst )?(?:starte|begynde)|når kan du (?:tidligst )?(?:starte|begynne)"
    r"|(?:tidligste )?(?:start|opstarts|tiltrædelses)dato|od kiedy (?:możesz|może pan(?:/pani|i)?) rozpocząć pracę"
    r"|data (?:rozpoczęcia(?: pracy)?|dostępności)|dostępn[yaeość/]+ od",
    "experience": r"(?:quanti )?anni di esperienza(?: lavorativa| professionale)?(?: hai)?(?: (?:con|in) [\w+#. ]{1,30})?"
    r"|(?:quantos )?anos de experiência(?: profissional)?(?: tem)?(?: (?:com|em) [\w+#. ]{1,30})?"
    r"|(?:antal |hur många |hvor mange )?års? (?:arbetslivs|yrkes|arbejds|erhvervs|arbeids)?erfar(?:enhet|ing)(?: har du)?(?: (?:av|med|inom|i) [\w+#. ]{1,30})?"
    r"|(?:ile lat|liczba lat|lata) doświadczenia(?: zawodowego)?(?: masz| posiadasz)?(?: (?:w|z) [\w+#. ]{1,30})?",
    "languages": r"lingue(?: (?:conosciute|parlate))?|quali lingue parli|línguas(?: faladas)?|que (?:idiomas|línguas) fala|språk(?:kunskaper|kunnskaper)?"
    r"|vilka språk talar du|sprog(?:kundskaber)?|hvilke sprog taler du|hvilke språk snakker du|języki(?: obce)?|znajomość języków(?: obcych)?",
    "skills": r"umiejętności|competenze(?: tecniche)?|competências(?: técnicas)?|(?:tekniska )?(?:kompetenser|färdigheter)|(?:tekniske )?(?:kompetencer|ferdigheter)",
    "degree": r"titolo di studio(?: più alto)?|livello di istruzione|habilitações (?:literárias|académicas)|grau académico|(?:nível de )?escolaridade"
    r"|högsta (?:utbildning(?:snivå)?|avslutade utbildning)|utbildningsnivå|højeste (?:uddannelse(?:sniveau)?|fuldførte uddannelse)"
    r"|uddannelsesniveau|høyeste (?:utdanning(?:snivå)?|fullførte utdanning)|utdanningsnivå|(?:poziom )?wykształceni[ea]",
    "relocation": r"(?:sei|è|saresti) disponibile (?:al trasferimento|a trasferirti|a trasferirsi)|disponibilità al trasferimento"
    r"|(?:tem |tens )?disponibilidade para (?:mudança|mudar de (?:cidade|residência))|(?:kan du tänka dig|är du villig|är du beredd) att flytta"
    r"|er du (?:villig|parat) til (?:at flytte|å flytte)|(?:jesteś )?gotow[ya](?:/[ya])? (?:do przeprowadzki|na relokację)",
    "notice_period": r"(?:periodo di )?preavviso|período de aviso(?: prévio)?|aviso prévio|uppsägningstid|opsigelsesvarsel|oppsigelsestid|okres wypowiedzenia",
    "work_mode": r"(?:quale )?modalità di lavoro (?:preferisci|preferita)|(?:qual )?(?:modalidade|regime|modelo) de trabalho (?:preferes?|preferid[oa])"
    r"|hur vill du helst (?:arbeta|jobba)|hvordan vil du helst (?:arbejde|arbeide|jobbe)|preferowan[ya] (?:tryb|forma|model) pracy",
    "heard_from": r"come (?:hai|ha) (?:saputo|sentito parlare|conosciuto) [\w&' -]{2,60}|como (?:soube|conheceu|teve conhecimento) [\w&' -]{2,60}"
    r"|hur (?:hittade|hörde) du [\w&' -]{2,60}|(?:hvor|hvordan) (?:hørte|fandt|fant) du [\w&' -]{2,60}"
    r"|skąd (?:dowiedział(?:a|e)ś(?:/aś)?|dowiedziałeś/aś) się o [\w&' -]{2,60}",
}  # fmt: skip
# The words of those questions for years of work, beside the name of a skill.
OF_YEARS = frozenset((
    "quanti", "anni", "di", "esperienza", "lavorativa", "professionale", "hai", "con", "in", "quantos", "anos",
    "experiência", "profissional", "tem", "com", "em", "antal", "hur", "många", "hvor", "mange", "år", "års",
    "arbetslivserfarenhet", "yrkeserfarenhet", "erfarenhet", "erfaring", "arbejdserfaring", "erhvervserfaring",
    "arbeidserfaring", "yrkeserfaring", "har", "du", "av", "med", "inom", "i", "ile", "lat", "liczba", "lata",
    "doświadczenia", "zawodowego", "masz", "posiadasz", "w", "z",
))  # fmt: skip
CONSENT_PRIVACY = (
    r"^(?=.*(?:privacy|dati personali|trattamento dei dati)).*(?:acconsento|autorizzo|accetto|dichiaro di aver (?:letto|preso visione)|ho (?:letto|preso visione))"
    r"|^(?=.*(?:privacidade|dados pessoais|proteção de dados)).*(?:aceito|concordo|autorizo|consinto)"
    r"|^(?=.*(?:integritetspolicy|personuppgift|dataskydd)).*\bjag (?:har läst|godkänner|samtycker|accepterar)"
    r"|^(?=.*(?:privatlivspolitik|personoplysninger|persondata|personvern|personopplysninger)).*\bjeg (?:har læst|har lest|accepterer|aksepterer|godkender|godtar|samtykker)"
    r"|^(?=.*(?:dan\w+ osobow\w+|polityk\w+ prywatności)).*(?:wyrażam zgodę|zgadzam się|akceptuję|zapoznał[ae]m się)"
)
MORE_THAN_PRIVACY = (
    r"non|terz[eio]|promozional\w*|não|terceiros|reserva|inte|framtida|tredje\w*|nyhetsbrev|nyhedsbrev|ikke|fremtidig\w*"
    r"|markedsføring\w*|marknadsföring\w*|nie|przyszł\w*|trzeci\w*|newsletter\w*|marketingow\w*|handlow\w*"
)
PERMIT = (
    r"\b(?:permesso di lavoro|autorizzat[oaie](?:/a)? a lavorare)|\bautoriza(?:ção|do|da)\b.*\btrabalh|arbetstillstånd|arbejdstilladelse"
    r"|arbeidstillatelse|(?:pozwoleni|zezwoleni)\w+ na pracę|prawo do pracy"
)
MAY_WORK = (
    r"(?:tem|tens) (?:autorização|permissão)(?: legal)? para trabalhar (?:legalmente )?(?:em|no|na|nos)"
    r"|har du (?:ett )?(?:giltigt )?arbetstillstånd (?:i|för)|har du (?:en )?(?:gyldig )?(?:arbejdstilladelse|arbeidstillatelse) i"
    r"|(?:sei|è) (?:legalmente )?autorizzat[oa](?:/a)? a lavorare (?:legalmente )?(?:in|negli|nel)"
    r"|(?:czy )?(?:masz|posiadasz) (?:ważne )?(?:pozwolenie|zezwolenie) na pracę w"
)
SPONSORED = (
    r"behöver du (?:arbetsgivarens )?(?:sponsring för (?:arbets)?visum|visumsponsring) (?:för att arbeta )?i"
    r"|har du brug for (?:visumsponsor(?:ering|at)|sponsorering af (?:arbejds)?visum) for at arbejde i"
    r"|precisa de patrocínio de visto para trabalhar (?:em|no|na|nos)|hai bisogno di (?:una )?sponsorizzazione (?:del|per il) visto per lavorare (?:in|negli|nel)"
)
OF_AGE = (
    r"(?:czy )?masz ukończone 18 lat|(?:czy )?ukończył(?:[ae]ś|eś/aś) 18 lat|är du minst 18 år(?: gammal)?|har du fyllt 18(?: år)?"
    r"|er du (?:fyldt|mindst|fylt|minst) 18 år(?: gammel)?|hai (?:almeno|compiuto) 18 anni|(?:sei|è) maggiorenne|tem pelo menos 18 anos|é maior de (?:idade|18 anos)"
    r"|(?:sind sie|bist du) mindestens 18 jahre(?: alt)?|avez-vous au moins 18 ans|êtes-vous majeur(?:\W?e\W?)?|(?:eres|es usted) mayor de edad|(?:ben je|bent u) minstens 18 jaar(?: oud)?"
)
