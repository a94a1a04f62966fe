"""Numbers, months and days as Norwegian words, bokmål and nynorsk."""

from datetime import date

MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember",
)  # fmt: skip
NUMBER_WORDS = {
    "en": 1, "én": 1, "ein": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "sju": 7, "syv": 7, "åtte": 8, "ni": 9, "ti": 10, "elleve": 11,
    "tolv": 12, "tretten": 13, "fjorten": 14, "femten": 15, "seksten": 16, "sytten": 17, "atten": 18, "nitten": 19, "tjue": 20, "tyve": 20,
    "tjuefem": 25, "tretti": 30, "tredve": 30, "førti": 40, "femti": 50, "seksti": 60, "sytti": 70, "åtti": 80, "nitti": 90, "hundre": 100,
}  # fmt: skip


def format_day(day: date) -> str:
    """Return the day as it is written in Norwegian: "1. januar 2024"."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"
