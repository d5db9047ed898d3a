#!/usr/bin/python3
"""Every cell of every export against the JSON Lines: CSV as Python and csvkit read it, XLSX as openpyxl and LibreOffice do.

    tests/office/check_cells.py SAMPLE-STORE FEEDBACK-OFFICE [ROWS]

Exits 77 (skipped) where openpyxl is not installed; csvkit and LibreOffice are used where they are.
"""
import csv
import datetime
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile

try:
    import openpyxl
except ImportError:
    print("skipped: openpyxl is not installed (package python3-openpyxl)")
    sys.exit(77)

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
faults = []


def expect(condition, what):
    if not condition:
        faults.append(what)


def run(*command):
    subprocess.run([str(word) for word in command], check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def json_rows(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def csv_text(value):
    """A JSON value as CSV shows it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return "'" + value if value.startswith(FORMULA_STARTS) else value
    return repr(value) if isinstance(value, float) else str(value)


def same_number(text, value):
    try:
        return float(text) == float(value)
    except ValueError:
        return False


def compare(name, header, rows, expected, as_text):
    expect(len(rows) == len(expected), f"{name}: {len(rows)} rows instead of {len(expected)}")
    for number, (row, wanted) in enumerate(zip(rows, expected)):
        for column, cell in zip(header, row):
            value = wanted.get(column)
            shown, hoped = as_text(cell, value)
            good = shown == hoped or (isinstance(value, (int, float)) and same_number(shown, value))
            expect(good, f"{name}, row {number + 1}, {column}: {shown!r} instead of {hoped!r}")
        unknown = set(wanted) - set(header)
        expect(not unknown, f"{name}: no column for {unknown}")


def check_csv(path, expected):
    raw = open(path, "rb").read()
    expect(raw.startswith(b"\xef\xbb\xbf"), f"{path}: no byte order mark")
    expect(b"\n" not in raw.replace(b"\r\n", b"") or b"two\nlines" in raw, f"{path}: a line ends in LF alone")
    with open(path, encoding="utf-8-sig", newline="") as file:
        table = list(csv.reader(file, strict=True))
    compare(os.path.basename(path), table[0], table[1:], expected, lambda cell, value: (cell, csv_text(value)))
    if shutil.which("csvjson"):
        told = subprocess.run(["csvjson", "--blanks", "--no-inference", "--snifflimit", "0", path], check=True, capture_output=True, text=True).stdout
        rows = json.loads(told)
        compare("csvkit " + os.path.basename(path), table[0], [[row[column] or "" for column in table[0]] for row in rows], expected,
                lambda cell, value: (cell, csv_text(value)))


def xlsx_text(cell, value):
    if isinstance(cell, datetime.datetime):
        cell = cell.date().isoformat()
    return ("" if cell is None else cell if isinstance(cell, str) else repr(cell) if isinstance(cell, float) else str(cell),
            "" if value is None else value if isinstance(value, str) else repr(value) if isinstance(value, float) else str(value))


def formula_cells(path):
    book = openpyxl.load_workbook(path)
    return sum(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def check_xlsx(path, expected_by_sheet):
    expect(formula_cells(path) == 0, f"{path}: has formula cells")
    book = openpyxl.load_workbook(path)
    expect(book.sheetnames[-2:] == ["codebook", "meta"], f"{path}: sheets {book.sheetnames}")
    for name, expected in expected_by_sheet.items():
        sheet = book[name]
        expect(sheet.freeze_panes == "A2", f"{path}, {name}: the header is not frozen")
        expect(sheet.auto_filter.ref is not None, f"{path}, {name}: no filter")
        table = [[cell.value for cell in row] for row in sheet.iter_rows()]
        header = table[0]
        compare(f"openpyxl {name}", header, table[1:], expected, xlsx_text)


def check_libreoffice(xlsx, csv_file, expected_by_sheet, folder):
    program = shutil.which("soffice")
    if not program:
        return print("LibreOffice is not installed: not asked")
    office = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to"]
    # Comma, quote, UTF-8, from line 1, all sheets, cells as they are stored.
    run(*office, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1", "--outdir", f"{folder}/lo", xlsx)
    stem = os.path.splitext(os.path.basename(xlsx))[0]
    for name, expected in expected_by_sheet.items():
        with open(f"{folder}/lo/{stem}-{name}.csv", encoding="utf-8-sig", newline="") as file:
            table = list(csv.reader(file))
        compare(f"LibreOffice {name}", table[0], table[1:], expected, lambda cell, value: (cell, xlsx_text(None, value)[1]))
    run(*office, "xlsx", "--infilter=Text - txt - csv (StarCalc):44,34,76,1", "--outdir", f"{folder}/lo-csv", csv_file)
    expect(formula_cells(glob.glob(f"{folder}/lo-csv/*.xlsx")[0]) == 0, "LibreOffice makes formulas of the CSV")


def main():
    sample_store, office = sys.argv[1:3]
    rows = sys.argv[3] if len(sys.argv) > 3 else "200"
    with tempfile.TemporaryDirectory() as folder:
        run(sample_store, f"{folder}/store.db", rows)
        for options in (["--codes"], ["--labels", "vi"], ["--codes", "--multi", "both"], ["--labels", "en", "--multi", "split"]):
            out = f"{folder}/out{len(os.listdir(folder))}"
            for form in ("jsonl", "csv", "xlsx"):
                run(office, "export", f"{folder}/store.db", "--activity", "opinion_poll", "--format", form, "--out", out, *options)
            sheets = {"portal_poll": "opinion_poll", "member": "opinion_poll-member", "award": "opinion_poll-award"}
            expected = {sheet: json_rows(f"{out}/{stem}.jsonl") for sheet, stem in sheets.items()}
            expect(any("Nguyễn Thị Hường" in row.values() for row in expected["portal_poll"]), "the name did not come through")
            for sheet, stem in sheets.items():
                check_csv(f"{out}/{stem}.csv", expected[sheet])
            check_xlsx(f"{out}/opinion_poll.xlsx", expected)
            if options == ["--codes"]:
                check_libreoffice(f"{out}/opinion_poll.xlsx", f"{out}/opinion_poll.csv", expected, folder)
    for fault in faults[:40]:
        print(fault)
    print(f"{len(faults)} faults")
    return 1 if faults else 0


sys.exit(main())
