"""What is asked of other countries' law, and of the future, is told from what is asked of the law in force."""

from datetime import date

import pytest

from assistant.understand.scope import asks_forecast, asks_foreign_law

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "text",
    [
        "Hvor mange verneombud krever svensk lov?",
        "Do we need a safety rep under Danish law?",
        "hva sier tyske regler om nattarbeid",
        "Hvilke krav til verneutstyr er det i Polen?",
        "finnes det regler for hjemmekontor i Danmark",
    ],
)
def test_foreign_law_is_seen(text: str) -> None:
    assert asks_foreign_law(text)


@pytest.mark.parametrize(
    "text",
    [
        "Vi har polske snekkere. Må de få opplæring på polsk?",
        "Svenske vikarer hos oss, gjelder norske regler for dem?",
        "Kunden er dansk. Må vi ha verneombud?",
        "Firmaet vårt har kontor i Sverige, hvilke krav gjelder i Norge?",
        "Må vi følge reglene selv om vi er på jobb i butikk?",
        "An English foreman runs the site, must he have training?",
    ],
)
def test_people_from_elsewhere_are_no_foreign_law(text: str) -> None:
    assert not asks_foreign_law(text)


@pytest.mark.parametrize(
    "text",
    [
        "Kommer butikker til å stå på lista fra 2029?",
        "Hva blir grensen for støy i 2031?",
        "hva trur du, kjem plikta til å gjelde alle",
        "Will the law require an OHS for offices in 2028?",
        "Kommer arbeidsmiljøloven § 3-3 til å bli strengere ved neste revisjon?",
    ],
)
def test_a_forecast_is_seen(text: str) -> None:
    assert asks_forecast(text, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "Blir vi omfattet av plikten når vi blir 12 ansatte?",
        "Hva er reglene for AMU fra 2024?",
        "Kommer vi til å få gebyr hvis vi ikke har verneombud?",
        "Når må verneombudet velges neste gang?",
        "Avtalen går ut i 2028, må vi ha skriftlig plan?",
        "hva blir straffen hvis vi ikke følger loven",
    ],
)
def test_the_asker_s_own_plans_are_no_forecast(text: str) -> None:
    assert not asks_forecast(text, TODAY)


def test_a_year_that_has_passed_is_no_forecast() -> None:
    question = "Hva blir kravet i 2028?"
    assert asks_forecast(question, TODAY)
    assert not asks_forecast(question, date(2028, 1, 1))
