"""Every Norwegian string of the part of the tab Kilder that administrators see."""

ADD = "Legg til et dokument"
ADD_INTRO = (
    "En HMS-håndbok, rutine eller avtale av deres egen. Det den sier, kan belyse et svar, men aldri begrunne en plikt."
)
ADD_GIVES = ("svar som også bygger på dokumentet, med sidetall", "beskjed om det som strider mot loven")
ADD_SEND = "Legg til"
FILE_HINT = "PDF, Word (.docx), HTML eller tekst, høyst {limit} MB. Dokumentet kan leses av alle som bruker siden. Et nytt med samme navn erstatter det gamle."
FETCH = "Hent lovtekst fra Lovdata"
FETCH_INTRO = "Henter gjeldende lover og forskrifter om arbeidsmiljø ordrett fra Lovdata, over nettet. Bare det som er endret, overføres."
FETCH_GIVES = ("lovens egne ord i svarene, ved siden av gjengivelsen", "beskjed om hva som er endret siden sist")
FETCH_SEND = "Hent nå"
NOT_ARRIVED = "Det kom ikke fram, eller ble avbrutt. Prøv igjen."
REFUSED = "Dette er bare for den som drifter tjenesten."
STAGES = {
    "": "Begynner",
    "add": "Leser dokumentet og sammenlikner det med loven",
    "download": "Henter fra Lovdata",
    "read": "Leser lover og forskrifter",
    "embed": "Leser kildene",
    "store": "Lagrer indeksen",
    "open": "Tar i bruk de nye kildene",
}
DONE = "Tatt i bruk {day}. De som spør nå, får svar ut fra de nye kildene."
ADDED = "Dokumentet er lagt til"
ADDED_WITH_CONFLICTS = "Dokumentet er lagt til. Strider mot loven: {count}"
PART, PARTS = "«{title}», 1 del", "«{title}», {parts} deler"
NO_CONFLICTS = "Kontrollen fant ingenting som strider mot loven. Den finner ikke alt."
KNOWN = "Dokumentet finnes fra før"
KNOWN_HINT = "«{name}» er lagt til tidligere, ord for ord. Ingenting er endret."
NOTHING_NEW = "Ingenting er nytt hos Lovdata"
FETCHED = "Lovteksten er hentet"
FETCHED_COUNTS = "Tekst per {day}: {new} nye, {changed} endrede og {unchanged} uendrede dokumenter. {provisions} paragrafer er endret siden sist."
NO_DAY = "ukjent dag"
WITHDRAWN = "Ikke lenger i arkivet, og regnet som opphevet: {name}"
