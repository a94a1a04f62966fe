"""What is said of the HMS duties of a workplace: the list, what a duty turns on, and what the list leaves out."""

SICK_LEAVE_LEAD = "Med første fraværsdag {first} skal oppfølgingsplanen være klar senest {due}."
SICK_LEAVE_DUE = "Senest {due}."
SICK_LEAVE_PASSED = " (har passert)"
SICK_LEAVE_STEP = "Sett datoene i kalenderen nå. De er regnet som samme ukedag så mange uker etter første fraværsdag."

DUTIES_EVERYONE = "alle virksomheter med arbeidstakere"
DUTIES_NO_EMPLOYEES = (
    "Dere har ingen ansatte, og arbeidsmiljøloven gjelder virksomheter som har arbeidstakere. "
    "Se på lista på nytt den dagen dere ansetter noen."
)
DUTIES_SEA = "Sjøfart, fangst og fiske er utenfor arbeidsmiljøloven og har egne regler, så lista er tom. Har dere ansatte på land, gjelder loven for dem."
DUTIES_UNKNOWN_COUNT = (
    "Uten antall ansatte er det uvisst hvilke av pliktene som avhenger av tallet. Oppgi hvor mange dere er."
)
DUTIES_BHT_LISTED = "næringen står på lista i § 13-1 ({codes}), og da er antall ansatte uten betydning"
DUTIES_BHT_NOT_LISTED = "om risikoen hos dere tilsier det; næringen står ikke på lista i § 13-1"
DUTIES_BHT_LIMITED = "om dere er innenfor grensen i lista i § 13-1: {condition}"
DUTIES_BHT_SEVERAL = "hva som er hovedaktiviteten; bare noe av det næringen kan være, står på lista i § 13-1"
DUTIES_BHT_UNKNOWN = "om næringen står på lista i § 13-1, eller risikoen hos dere tilsier det"
DUTIES_FOLLOWS = "følger av plikten «{title}»"
DUTIES_HOW_MANY = "hvor mange dere er"
DUTIES_SURE_FROM = "; fra {least} arbeidstakere gjelder plikten uansett"
DUTIES_FROM = "fra {least} arbeidstakere"
DUTIES_HEAD = "HMS-plikter for dere: {yes} gjelder, {depends} avhenger av forhold hos dere."
DUTIES_NONE = "Ingen av pliktene på lista gjelder ut fra det som er oppgitt."
DUTIES_COUNTED = "Fristene er regnet som samme ukedag så mange uker etter første fraværsdag ({day})."
DUTIES_FOOT = "Lista dekker de vanligste pliktene, ikke alle. Risikovurderingen hos dere kan gi flere. Dette er ikke juridisk rådgivning."
DUTIES_LEAD = "Dette er de viktigste HMS-pliktene{whom}. Noen gjelder uansett, og andre kommer an på forhold hos dere."
DUTIES_STEP = "Gå gjennom lista sammen med de ansatte, og skriv i risikovurderingen hva som gjelder hos dere."
DUTIES_SO_MANY = " når dere er {n}"
DUTIES_YES, DUTIES_DEPENDS = "Ja, {scope}.", "Kommer an på {condition}."
