"""An editor sees how many parts an SMS will be paid as, exactly as the phone network counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.notifications.rules import GSM_7, UCS_2, cheap_sms, sms_length


@pytest.mark.parametrize(
    ("text", "characters", "encoding", "parts"),
    [
        ("", 0, GSM_7, 1),
        ("a" * 160, 160, GSM_7, 1),
        ("a" * 161, 161, GSM_7, 2),
        ("a" * 306, 306, GSM_7, 2),
        ("a" * 307, 307, GSM_7, 3),
        ("€" * 80, 160, GSM_7, 1),
        ("€" * 81, 162, GSM_7, 2),
        ("{}[]~|^\\", 16, GSM_7, 1),
        ("@£$¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà\n", 42, GSM_7, 1),
        ("ç", 1, UCS_2, 1),
        ("й" * 70, 70, UCS_2, 1),
        ("й" * 71, 71, UCS_2, 2),
        ("й" * 134, 134, UCS_2, 2),
        ("й" * 135, 135, UCS_2, 3),
        ("😀", 2, UCS_2, 1),
        ("😀" * 35, 70, UCS_2, 1),
        ("😀" * 36, 72, UCS_2, 2),
    ],
)
def test_length(text, characters, encoding, parts):
    length = sms_length(text)
    assert (length.characters, length.encoding, length.parts) == (characters, encoding, parts)


def test_a_character_of_two_places_is_not_cut_between_parts():
    # 152 letters and an euro sign: the sign does not fit into the first part's last place, so the
    # first part is one short and 306 places need three parts instead of two.
    assert sms_length("a" * 152 + "€" + "a" * 152).parts == 3
    assert sms_length("a" * 151 + "€" + "a" * 153).parts == 2
    # Likewise an emoji, which is two UTF-16 units: 66 + 2 over the 67 of a part.
    assert sms_length("й" * 66 + "😀" + "й" * 66).parts == 3


@given(st.text())
def test_more_text_never_costs_less(text):
    assert sms_length(text + "a").parts >= sms_length(text).parts
    assert sms_length(text).parts >= 1


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        (
            "Wanjikũ\u2019s \u201corder\u201d \u2013 KSh\u00a01,200\u2026",
            'Wanjiku\'s "order" - KSh 1,200...',
        ),
        ("Ñandú é Ü", "Ñandu é Ü"),
        ("Karibu 😀", "Karibu 😀"),
        ("Привет", "Привет"),
        ("garçon ﬁn", "garcon fin"),
    ],
)
def test_a_character_with_a_plain_twin_does_not_double_the_price(written, sent):
    assert cheap_sms(written) == sent


@given(st.text())
def test_the_cheap_form_is_stable_and_never_costs_more(text):
    cheap = cheap_sms(text)
    assert cheap_sms(cheap) == cheap
    if sms_length(text).encoding == GSM_7:
        assert sms_length(cheap).encoding == GSM_7
