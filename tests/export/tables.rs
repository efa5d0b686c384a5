//! Tables: nothing in them executes, nothing in them is altered that need not be, and programs that others wrote read them.

use std::process::Command;
use std::sync::Arc;

use intake::export::{Cell, Format, Options, Row, Tables, Workbook, export, header, line, neutral};
use intake::plan::Plan;
use serde_json::Value;

use super::support::records::{Random, profile, record};
use super::support::shipped;
use super::{sample, tools};

/// Texts that a spreadsheet may take for something else than text, and what becomes of each in CSV.
const CORPUS: &str = include_str!("formulas.json");

fn corpus() -> Vec<(String, String)> {
    let read: Vec<Value> = serde_json::from_str(CORPUS).unwrap();
    let pair = |entry: &Value| {
        let text = entry["text"].as_str().unwrap().to_owned();
        let safe = entry.get("csv").map_or_else(|| text.clone(), |csv| csv.as_str().unwrap().to_owned());
        (text, safe)
    };
    read.iter().map(pair).collect()
}

#[test]
fn formulas_are_neutralised_and_nothing_else_is_touched() {
    for (text, safe) in corpus() {
        assert_eq!(neutral(&text), safe, "{text:?}");
    }
    // Whatever it is: only apostrophes are added, and no cell begins as a formula does.
    let mut random = Random::new(7);
    let letters: Vec<char> = "=+-@＝＋\t\r\n;,'\" a1(|!不😀.".chars().collect();
    for _ in 0..20_000 {
        let length = random.below(12);
        let text: String = (0..length).map(|_| letters[random.below(letters.len())]).collect();
        let safe = neutral(&text);
        assert_eq!(safe.replace('\'', ""), text.replace('\'', ""));
        assert!(!safe.starts_with(['=', '@', '＝', '\t', '\r', '\n']), "{text:?}");
        assert!(!safe.contains(";=") && !safe.contains("\n=") && !safe.contains(";@"), "{text:?}");
    }
}

fn rows(texts: &[String]) -> Vec<u8> {
    let tables = Tables::new(&shipped("elder-needs"));
    let mut bytes = header(&tables.tables[0].columns[..1]);
    for text in texts {
        bytes.extend(line(&[Cell::Text(text.clone())]));
    }
    bytes
}

#[test]
fn csv_is_read_back_by_python_as_it_was_written() {
    let script = "import sys, csv, json, io\n\
        text = sys.stdin.buffer.read().decode('utf-8-sig')\n\
        print(json.dumps([row[0] for row in csv.reader(io.StringIO(text, newline=''))][1:]))";
    let (texts, safe): (Vec<String>, Vec<String>) = corpus().into_iter().unzip();
    let Ok(_) = Command::new("python3").arg("--version").output() else { return tools::skipped("Python") };
    let read = tools::said(Command::new("python3").args(["-c", script]), &rows(&texts));
    assert_eq!(serde_json::from_str::<Vec<String>>(&read).unwrap(), safe);
}

#[test]
fn a_table_has_a_byte_order_mark_quoted_texts_and_bare_numbers() {
    let cells = [
        Cell::Text("罗\"甸\"".into()),
        Cell::Number("-5".into()),
        Cell::Boolean(true),
        Cell::Empty,
        Cell::Text("12".into()),
    ];
    assert_eq!(String::from_utf8(line(&cells)).unwrap(), "\"罗\"\"甸\"\"\",-5,\"true\",\"\",12\r\n");
    assert!(rows(&[]).starts_with(&[0xef, 0xbb, 0xbf]));
}

/// A workbook of the corpus, and of many people's answers.
fn workbook() -> (Arc<Plan>, Vec<u8>, Vec<String>) {
    let plan = shipped("new-resident-household");
    let tables = Tables::new(&plan);
    let mut workbook = Workbook::new(&tables).unwrap();
    let texts: Vec<String> = corpus().into_iter().map(|(text, _)| text).collect();
    for text in &texts {
        let mut cells = vec![Cell::Empty; tables.tables[0].columns.len()];
        cells[0] = Cell::Text(text.clone());
        cells[1] = Cell::Number("-5".into());
        workbook.add(&Row { table: 0, cells }).unwrap();
    }
    for seed in 0..5 {
        let mut one = record(&plan, &mut Random::new(seed), 80);
        let leaving = intake::export::Leaving::as_received(&plan, profile(&plan, &mut one));
        for row in tables.rows(&leaving).0 {
            workbook.add(&row).unwrap();
        }
    }
    for row in tables.dictionary(&plan) {
        workbook.add(&row).unwrap();
    }
    (plan, workbook.finish().unwrap(), texts)
}

#[test]
fn a_workbook_is_read_by_openpyxl_without_a_formula() {
    let Some(python) = tools::python(&["openpyxl"]) else { return tools::skipped("PyPI openpyxl") };
    let (_, bytes, texts) = workbook();
    let file = tools::folder("openpyxl").join("book.xlsx");
    std::fs::write(&file, bytes).unwrap();
    let script = "import sys, json, openpyxl\n\
        book = openpyxl.load_workbook(sys.argv[1])\n\
        formulas = [c.coordinate for s in book for r in s for c in r if c.data_type == 'f']\n\
        first = [[r[0].value, r[1].value] for r in book.worksheets[0].iter_rows(min_row=2)]\n\
        print(json.dumps([formulas, first, book.sheetnames]))";
    let read = tools::said(Command::new(python).args(["-c", script]).arg(&file), b"");
    let read: Value = serde_json::from_str(&read).unwrap();
    assert_eq!(read[0].as_array().unwrap().len(), 0, "{}", read[0]);
    for (index, text) in texts.iter().enumerate() {
        // openpyxl leaves the escapes of control characters as they stand.
        assert_eq!(read[1][index][0].as_str().unwrap().replace("_x000D_", "\r"), *text);
        assert_eq!(read[1][index][1], -5);
    }
    assert!(read[2].as_array().unwrap().iter().any(|sheet| sheet == "members"));
}

/// LibreOffice opens the workbook and saves it again, and its CSV says what ours does.
#[test]
fn libreoffice_opens_the_workbook_and_saves_it_unchanged() {
    let office = ["soffice", "libreoffice"].into_iter().find(|name| {
        Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success())
    });
    let Some(office) = office else {
        return eprintln!("skipped: LibreOffice is not installed (apt-get install libreoffice-calc)");
    };
    let Some(python) = tools::python(&["openpyxl"]) else { return tools::skipped("PyPI openpyxl") };
    let (_, bytes, _) = workbook();
    let folder = tools::folder("libreoffice");
    std::fs::write(folder.join("book.xlsx"), bytes).unwrap();
    let convert = |file: &str, to: &str, out: &str| {
        let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
        let done = Command::new(office)
            .args([&profile, "--headless", "--convert-to", to, "--outdir", out, file])
            .current_dir(&folder)
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    convert("book.xlsx", "xlsx:Calc MS Excel 2007 XML", "again");
    let script = "import sys, json, openpyxl\n\
        def read(path):\n\
        \x20   book = openpyxl.load_workbook(path)\n\
        \x20   # openpyxl leaves the escapes of control characters as they stand, and LibreOffice writes fewer.\n\
        \x20   plain = lambda v: v.replace('_x000D_', '\\r') if isinstance(v, str) else v\n\
        \x20   return {s.title: [[(c.data_type, plain(c.value)) for c in r] for r in s.iter_rows()] for s in book}\n\
        def trim(rows):\n\
        \x20   rows = [[('n', None) if v in (None, '') else (t, v) for t, v in r] for r in rows]\n\
        \x20   rows = [r[:max([i + 1 for i, c in enumerate(r) if c[1] is not None], default=0)] for r in rows]\n\
        \x20   while rows and not rows[-1]: rows.pop()\n\
        \x20   return rows\n\
        one, two = read(sys.argv[1]), read(sys.argv[2])\n\
        assert list(one) == list(two), (list(one), list(two))\n\
        cells = 0\n\
        for name in one:\n\
        \x20   a, b = trim(one[name]), trim(two[name])\n\
        \x20   assert len(a) == len(b), (name, len(a), len(b))\n\
        \x20   for x, y in zip(a, b):\n\
        \x20       assert x == y, (name, [p for p in zip(x, y) if p[0] != p[1]][:3])\n\
        \x20       cells += len(x)\n\
        print(cells)";
    let mut compare = Command::new(python);
    compare.args(["-c", script]).arg(folder.join("book.xlsx")).arg(folder.join("again/book.xlsx"));
    let cells: usize = tools::said(&mut compare, b"").trim().parse().unwrap();
    assert!(cells > 1_000, "{cells}");
}

#[test]
fn what_has_no_column_is_told() {
    let (plan, whole) = sample::elder();
    let leaving = sample::leaving(&plan, &whole, "case_service", "case_system");
    let made = export(Format::Csv, &leaving, Options::default()).unwrap();
    let lost: Vec<&str> = made.losses.iter().map(|loss| loss.pointer.as_str()).collect();
    for pointer in ["/goals/0", "/plan/0", "/strengths/0", "/needs/0/evidence", "/provenance/people_present"]
    {
        assert!(lost.contains(&pointer), "{pointer}: {lost:?}");
    }
    assert!(!lost.iter().any(|pointer| pointer.starts_with("/answers")), "{lost:?}");
    let main = String::from_utf8(made.document.bytes).unwrap();
    assert!(
        main.contains("\"mood_i9.state\"") && main.contains("\"declined\"") || main.contains("\"answered\"")
    );
}
