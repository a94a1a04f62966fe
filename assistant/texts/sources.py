"""What is said when the sources are changed while the assistant serves."""

CHANGE_UNDER_WAY = "Kildene endres allerede. Vent til det er ferdig, og prøv igjen."
CHANGE_FAILED = (
    "Noe gikk galt, og svarene bygger på de samme kildene som før. Prøv igjen, eller bruk kommandoen bht corpus."
)
INDEX_NOT_BUILT = (
    "Kildene er lagret, men indeksen kunne ikke lages, så svarene bygger på de gamle. Sjekk at disken har plass, og kjør "
    "bht index build."
)
FILE_WITHOUT_NAME = "Fila har et navn som ikke kan brukes. Gi den et annet, og prøv igjen."
FILE_NOT_KEPT = "Fila kunne ikke leses inn ({reason}). Sjekk at disken har plass."
