"""A document as PDF: made on demand from what was kept, the same bytes each time.

Fonts lie beside the code (DejaVu Sans: Latin, Greek, Cyrillic, Arabic and more; Noto Sans:
Ethiopic); only the letters that a document uses go into its file.
"""

from pathlib import Path
from typing import Any
from unicodedata import bidirectional

from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.enums import TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace, TTFFont

from shop.invoicing.models import TaxDocument
from shop.invoicing.printed import Printed, printed
from shop.invoicing.qr import squares_of

FONTS = Path(__file__).parent / "fonts"
FONT = "DejaVu"
ETHIOPIC = "Ethiopic"
# The Ethiopic script and its supplements: Amharic, Tigrinya and others.
ETHIOPIC_SIGNS = ((0x1200, 0x139F), (0x2D80, 0x2DDF), (0xAB01, 0xAB2E))
# Millimetres and points.
MARGIN = 16.0
LINE = 5.0
SMALL, NORMAL, LARGE, HUGE = 7.5, 9.0, 12.0, 19.0
QR_SIDE = 26.0
INK, SOFT, RULE, WASH = (31, 24, 18), (93, 81, 69), (200, 190, 176), (245, 240, 231)


class _Page(FPDF):
    """A4 pages with a foot."""

    def __init__(self, foot: str) -> None:
        super().__init__(format="A4")
        self.foot = foot
        self.lacks_letters = False
        self.add_font(FONT, "", FONTS / "DejaVuSans.ttf")
        self.add_font(FONT, "B", FONTS / "DejaVuSans-Bold.ttf")
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(True, margin=MARGIN + LINE)
        self.set_draw_color(*RULE)
        self.alias_nb_pages()

    def provide_letters(self, text: str) -> None:
        """Load what a text needs beyond the usual letters, and note what nobody here can draw."""
        if any(first <= ord(sign) <= last for sign in text for first, last in ETHIOPIC_SIGNS):
            self.add_font(ETHIOPIC, "", FONTS / "NotoSansEthiopic-Regular.ttf")
            self.set_fallback_fonts([ETHIOPIC], exact_match=False)
        known: set[int] = set()
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                known |= font.cmap.keys()
        self.lacks_letters = any(ord(sign) not in known and sign.isalpha() for sign in text)

    def footer(self) -> None:
        """Say which document this is and which page of how many."""
        self.set_y(-MARGIN)
        self.words(SMALL, colour=SOFT)
        self.cell(text=self.foot)
        self.set_x(MARGIN)
        self.cell(w=self.epw, align="R", text=f"{self.page_no()} / {{nb}}")

    def words(self, size: float, style: str = "", colour: Any = INK) -> None:
        """Choose the font for what comes next."""
        self.set_font(FONT, style, size)
        self.set_text_color(*colour)

    def row(self, text: str, width: float, align: str = "L") -> None:
        """Write one block below what came before, from where the pen stands."""
        self.multi_cell(width, LINE, text, align=align, new_x=XPos.LEFT, new_y=YPos.NEXT)


def pdf_of(document: TaxDocument) -> bytes:
    """Draw a document; without a clock, so that it is always the same file."""
    words = printed(document)
    page = _Page(f"{words.seller} · {words.number}")
    # Letters that join or run from right to left; other text stays small and easy to copy.
    page.set_text_shaping(any(bidirectional(sign) in ("R", "AL") for sign in str(words)))
    page.provide_letters(str(words))
    page.set_title(f"{words.title} {words.number}")
    page.set_creator("Duka")
    page.set_creation_date(document.issued_at)
    page.add_page()
    _head(page, words)
    _parties(page, words)
    _goods(page, words)
    _sums(page, words)
    _taxes(page, words)
    _foot(page, words)
    return bytes(page.output())


def _head(page: _Page, words: Printed) -> None:
    half = page.epw / 2
    page.words(LARGE, "B")
    page.row(words.seller, half)
    page.words(SMALL + 0.5, colour=SOFT)
    for line in words.seller_lines:
        page.row(line, half)
    below = page.get_y()
    page.set_xy(MARGIN + half, MARGIN)
    page.words(HUGE, "B")
    page.multi_cell(half, 8, words.title, align="R", new_x=XPos.LEFT, new_y=YPos.NEXT)
    page.words(NORMAL, colour=SOFT)
    for line in filter(None, [words.subtitle, words.number]):
        page.row(line, half, "R")
    page.set_xy(MARGIN, max(below, page.get_y()) + LINE)
    page.line(MARGIN, page.get_y(), MARGIN + page.epw, page.get_y())
    page.ln(LINE)


def _parties(page: _Page, words: Printed) -> None:
    half, top = page.epw / 2, page.get_y()
    page.words(SMALL, "B", SOFT)
    page.row(_("Buyer"), half)
    page.words(NORMAL)
    for line in words.buyer_lines or ["–"]:
        page.row(line, half)
    below = page.get_y()
    page.set_xy(MARGIN + half, top)
    _pairs(page, words.facts, half)
    page.set_xy(MARGIN, max(below, page.get_y()) + LINE)


def _pairs(page: _Page, pairs: list[tuple[str, str]], width: float) -> None:
    left = page.get_x()
    for label, text in pairs:
        page.words(NORMAL, colour=SOFT)
        page.cell(width * 0.4, LINE, label)
        page.words(NORMAL)
        page.multi_cell(width * 0.6, LINE, text, new_x=XPos.LEFT, new_y=YPos.NEXT)
        page.set_x(left)


def _goods(page: _Page, words: Printed) -> None:
    columns = [(_("Item"), 74, "L"), (_("Units"), 14, "R"), (_("Price"), 25, "R")]
    if words.has_discount:
        columns.append((_("Discount"), 23, "R"))
    columns += [(_("VAT"), 17, "R"), (_("Amount"), 27, "R")]
    rows = []
    for line in words.lines:
        name = f"{line.name}\n{line.detail}" if line.detail else line.name
        discount = [line.discount] if words.has_discount else []
        rows.append([name, line.quantity, line.unit_price, *discount, line.vat, line.total])
    _table(page, columns, rows)


def _table(page: _Page, columns: list[tuple[str, int, str]], rows: list[list[str]]) -> None:
    page.words(NORMAL)
    with page.table(
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        col_widths=tuple(width for _label, width, _align in columns),
        text_align=tuple(align for _label, _width, align in columns),
        headings_style=FontFace(
            family=FONT, emphasis="BOLD", size_pt=SMALL, color=SOFT, fill_color=WASH
        ),
        line_height=LINE,
        padding=(1.2, 1),
    ) as table:
        for cells in [[label for label, _width, _align in columns], *rows]:
            row = table.row()
            for text in cells:
                row.cell(text)
    page.ln(LINE)


def _sums(page: _Page, words: Printed) -> None:
    half = page.epw / 2
    if page.will_page_break(LINE * (len(words.sums) + 3)):
        page.add_page()
    for label, text in words.sums:
        page.set_x(MARGIN + half)
        page.words(NORMAL, colour=SOFT)
        page.cell(half / 2, LINE, label)
        page.words(NORMAL)
        page.cell(half / 2, LINE, text, align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    page.set_x(MARGIN + half)
    page.words(LARGE, "B")
    page.cell(half / 2, LINE + 3, words.total_label)
    page.cell(half / 2, LINE + 3, words.total, align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    page.ln(LINE)


def _taxes(page: _Page, words: Printed) -> None:
    columns = [(_("VAT rate"), 60, "L"), (_("Without VAT"), 40, "R")]
    columns += [(_("VAT"), 40, "R"), (_("With VAT"), 40, "R")]
    _table(page, columns, [[tax.label, tax.net, tax.tax, tax.gross] for tax in words.taxes])


def _foot(page: _Page, words: Printed) -> None:
    height = max(QR_SIDE if words.qr_text else 0.0, LINE * (len(words.payment + words.fiscal) + 3))
    if page.will_page_break(height):
        page.add_page()
    top, width = page.get_y(), page.epw - QR_SIDE - LINE
    _pairs(page, words.payment, width)
    if words.fiscal:
        page.ln(LINE / 2)
        _pairs(page, words.fiscal, width)
    page.ln(LINE / 2)
    page.words(SMALL, colour=SOFT)
    page.row(words.note, width)
    if page.lacks_letters:
        page.row(_("Some letters cannot be drawn here; they stand on this document's page."), width)
    if words.qr_text:
        _qr(page, words.qr_text, MARGIN + page.epw - QR_SIDE, top)


def _qr(page: _Page, text: str, left: float, top: float) -> None:
    squares = squares_of(text)
    side = QR_SIDE / squares.side
    page.set_fill_color(*INK)
    for x, y, width in squares.bars:
        page.rect(left + x * side, top + y * side, width * side, side, style="F")
