"""What is said when the language model fails: one error for each way, in Norwegian, with a remedy."""

from assistant.llm.errors import ModelBrokenError, ModelRefusedError, ModelTimeoutError, ModelUnreachableError

_LONGEST_WAIT_SHOWN_SECONDS = 24 * 3600
_AGAIN = "Prøv igjen, eller bruk en annen modell."


def no_contact(host: str) -> ModelUnreachableError:
    """Nothing listens there, or the name is unknown."""
    return ModelUnreachableError(
        f"Får ikke kontakt med språkmodellen på {host}.", "Start modelltjeneren, eller rett BHT_LLM_URL."
    )


def bad_certificate(host: str) -> ModelUnreachableError:
    """The server could not prove who it is."""
    return ModelUnreachableError(
        f"Sertifikatet til {host} ble ikke godtatt, så ingenting er sendt til språkmodellen.",
        "Kontroller maskinens klokke; har bedriften eget sertifikat, må SSL_CERT_FILE peke på det.",
    )


def wrong_network(host: str) -> ModelUnreachableError:
    """The name leads elsewhere than it may."""
    return ModelUnreachableError(
        f"{host} ligger ikke på ditt eget nett, så ingenting er sendt ukryptert dit.",
        "Bruk en adresse som begynner med https://, eller rett BHT_LLM_URL.",
    )


def no_beginning(seconds: float) -> ModelTimeoutError:
    """No first piece in time."""
    return ModelTimeoutError(
        f"Språkmodellen svarte ikke innen {_count(seconds)}.",
        "Den kan være i ferd med å starte: prøv igjen, bruk en mindre modell, eller øk BHT_LLM_FIRST_SECONDS.",
    )


def no_end(seconds: float) -> ModelTimeoutError:
    """Not finished in time."""
    return ModelTimeoutError(
        f"Språkmodellen ble ikke ferdig innen {_count(seconds)}.",
        "Bruk en mindre modell, eller øk BHT_LLM_TOTAL_SECONDS.",
    )


def refused(status: int, host: str, model: str, has_key: bool, wait_seconds: int) -> ModelRefusedError:
    """Return the error for a status that is not 200.

    Args:
        status: The status code.
        host: Where it came from.
        model: The name of the model asked for.
        has_key: Whether a key was sent.
        wait_seconds: How long the server asks us to wait; 0 when it does not say.
    """
    if status in {401, 403}:
        what = "godtok ikke nøkkelen" if has_key else "krever en nøkkel"
        return ModelRefusedError(
            f"Språkmodellen på {host} {what}.", "Sett BHT_LLM_KEY til en nøkkel som gjelder for modellen."
        )
    if status == 404:
        return ModelRefusedError(
            f"Fant ikke modellen «{model}» på {host}.",
            "Kontroller BHT_LLM_MODEL og BHT_LLM_URL; «ollama list» viser modellene i Ollama.",
        )
    if status == 429:
        wait = f"{wait_seconds} sekunder" if 0 < wait_seconds <= _LONGEST_WAIT_SHOWN_SECONDS else "litt"
        return ModelRefusedError("Språkmodellen får for mange spørsmål nå.", f"Vent {wait} og prøv igjen.")
    if 300 <= status < 400:
        return ModelRefusedError(
            f"{host} sender språkmodellens spørsmål videre til et annet sted, og det følges ikke.",
            "Skriv den endelige adressen i BHT_LLM_URL.",
        )
    if status == 503:
        return ModelRefusedError(
            "Språkmodellen er ikke klar (kode 503).", "Den kan være i ferd med å starte. Vent litt og prøv igjen."
        )
    if status >= 500:
        return ModelRefusedError(f"Språkmodellen har en feil hos seg (kode {status}).", "Se i modelltjenerens logg.")
    return ModelRefusedError(
        f"Språkmodellen godtok ikke spørsmålet (kode {status}).",
        "Modellen kan ha for liten plass til teksten, eller mangle noe den ble bedt om. Bruk en annen modell.",
    )


def cut_off() -> ModelBrokenError:
    """The stream ended before the answer did."""
    return ModelBrokenError("Svaret fra språkmodellen ble brutt av.", _AGAIN)


def unreadable() -> ModelBrokenError:
    """Not the protocol, or a fault that the server told of in the middle."""
    return ModelBrokenError(
        "Svaret fra språkmodellen kunne ikke leses.",
        "Kontroller at BHT_LLM_URL er en tjener som følger OpenAI-protokollen, og se i loggen dens.",
    )


def empty() -> ModelBrokenError:
    """No text at all."""
    return ModelBrokenError("Språkmodellen svarte ingenting.", _AGAIN)


def too_long() -> ModelBrokenError:
    """More than was asked for."""
    return ModelBrokenError(
        "Svaret fra språkmodellen ble for langt.", "Øk BHT_LLM_MAX_TOKENS, eller bruk en annen modell."
    )


def going_in_circles() -> ModelBrokenError:
    """The same again and again."""
    return ModelBrokenError("Språkmodellen gjentok seg selv i det uendelige.", _AGAIN)


def stray_thinking() -> ModelBrokenError:
    """The end of a thought that never began: what came before it was no answer."""
    return ModelBrokenError(
        "Språkmodellen blandet tankene sine inn i svaret.",
        "Slå på tjenerens tolking av resonnering, eller bruk en annen modell.",
    )


def not_an_answer() -> ModelBrokenError:
    """It ended for another reason than being done."""
    return ModelBrokenError("Språkmodellen stoppet før svaret var ferdig.", _AGAIN)


def _count(seconds: float) -> str:
    return "1 sekund" if seconds == 1 else f"{seconds:g} sekunder".replace(".", ",")
