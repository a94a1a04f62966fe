"""Every Norwegian sentence of the API."""

TITLE = "BHT-assistenten"
DESCRIPTION = (
    "Svar om bedriftshelsetjeneste og HMS, der hver regel har et ordrett sitat fra kilden. Svarene er de samme som på nettsiden og kommandolinjen. "
    'Feil kommer som `{"error": "..."}` med en setning på norsk. Assistenten gir ikke juridisk rådgivning.'
)
ASK = "Still et spørsmål"
ASK_MORE = (
    "Svarer på ett spørsmål. Send samtalen så langt i `history` når spørsmålet er en oppfølging. Med `?stream=true`, eller `Accept: text/event-stream`, kommer svaret som hendelser: "
    "`text` med en bit av teksten, og til slutt `answer` med hele svaret."
)
PROVISION = "Slå opp en paragraf"
PROVISION_MORE = (
    "Alle tekstene av paragrafen, med datoer. Adressen skrives som folk skriver den («aml 3-3»), eller er en id."
)
SEARCH = "Søk i kildene"
SEARCH_MORE = "Paragrafene og notatene som passer best til ordene, den beste først, hver med delen som passer best."
DUTY = "Sjekk plikten til bedriftshelsetjeneste"
DUTY_MORE = "Sier om en virksomhet må ha bedriftshelsetjeneste, ut fra bransje eller næringskode, etter lista i § 13-1. Ingenting blir slått opp på nettet."
VERIFY = "Kontroller påstandene i en tekst"
VERIFY_MORE = "Sammenlikner påstandene i teksten med kildene: støttet, motsagt eller ikke funnet."
HEALTH = "Er tjenesten klar?"
ADDRESS = "Paragrafen, for eksempel `aml 3-3`, `OLM § 13-2 bokstav e` eller `lov/2005-06-17-62/§3-3`."
QUERY = "Ord, et spørsmål eller en paragraf."
LIMIT = "Hvor mange treff."
STREAM = "Send svaret som hendelser."

PROBLEMS = {
    400: "Forespørselen kan ikke leses.",
    401: "Mangler gyldig nøkkel.",
    404: "Finnes ikke.",
    413: "Innholdet er for stort.",
    422: "En verdi kan ikke brukes.",
    429: "For mange forespørsler.",
    503: "Ikke klar ennå.",
}
NO_SUCH_PATH = "Denne adressen finnes ikke. Se /api/v1/openapi.json for dem som gjør det."
NO_SUCH_METHOD = "Adressen tar ikke imot {method}. Se /api/v1/openapi.json for hvordan den brukes."
NOT_READABLE = "Forespørselen kan ikke leses. Send JSON i UTF-8."
TOKEN_NEEDED = (
    "Nøkkelen mangler eller er feil. Send den som «Authorization: Bearer …»; den står i innstillingen api_token."
)
TOO_LARGE = "Innholdet er for stort: grensen er {limit} kB. Send mindre om gangen."
TOO_MANY = "For mange forespørsler: grensen er {limit} i minuttet. Prøv igjen om {seconds} sekunder."
ONLY_HERE = "Tallene er bare for denne maskinen. Sett en nøkkel (api_token) for å hente dem fra en annen."
WRONG_HOST = (
    "Assistenten svarer bare på 127.0.0.1 og localhost. Sett en nøkkel (api_token) for å nå den under et annet navn."
)
UNEXPECTED = "Noe gikk galt hos oss, og det er meldt i loggen. Prøv igjen, eller still spørsmålet på en annen måte."
READY = "API-et er klart på {url}api/v1 og MCP på {url}mcp (avslutt med Ctrl + C)"
LOG_IN = "Logg inn med navn og passord. Har du ikke fått det, spør den som drifter siden."
LOG_IN_AT_PROXY = "Du er ikke logget inn. Åpne siden gjennom innloggingen til virksomheten."
TOO_MANY_LOG_INS = "For mange forsøk på å logge inn. Vent et minutt, og prøv igjen."
PROXY_ELSEWHERE = (
    "user_header krever at siden bare lytter på denne maskinen, for ellers kan hvem som helst skrive feltet selv. "
    "Sett host til 127.0.0.1, ikke «{host}»."
)
