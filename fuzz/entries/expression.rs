//! An expression from anybody is read, checked and evaluated.

use intake::expression::{Expected, Kind, Reach, RowId, Type, compile, parse};
use intake::value::{Truth, Value};

use super::fields::Fields;

/// Reads, checks and runs a text.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let form = Fields::default();
    let scope = form.scope();
    let (program, problems) = compile(&text, &scope, &Expected::Any);
    assert_eq!(program.is_none(), problems.iter().any(|problem| problem.is_error()), "{text:?}");
    for problem in &problems {
        let [start, end] = [problem.span.start, problem.span.end].map(|at| at as usize);
        assert!(
            text.get(start..end).is_some(),
            "{problem:?} stands outside of the text or within a character"
        );
    }
    let _ = compile(&text, &scope, &Expected::Truth);
    let Some(program) = program else { return };

    let canonical = program.canonical();
    let (tree, faults) = parse(canonical);
    assert!(faults.is_empty(), "{text:?} became {canonical:?}, which is not read again: {faults:?}");
    assert_eq!(tree.map(|tree| tree.canonical()).as_deref(), Some(canonical), "{text:?}");

    let value = program.value(&form, RowId::FORM);
    let (explained, causes) = program.value_explained(&form, RowId::FORM);
    assert_eq!(value, explained, "{canonical:?}");
    assert!(value.is_none() || causes.is_empty(), "{canonical:?} is decided, and yet has causes");
    if *program.ty() == (Type { kind: Kind::Boolean, many: false }) {
        let truth = match value {
            Some(Value::Boolean(boolean)) => Truth::from(boolean),
            _ => Truth::Unknown,
        };
        assert_eq!(program.test(&form, RowId::FORM), truth, "{canonical:?}");
    }
    let _ = program.bounds(&form, RowId::FORM, &|_| Reach::Final);
    if let Some(again) = compile(canonical, &scope, &Expected::Any).0 {
        assert_eq!(again.value(&form, RowId::FORM), value_of(&program, &form), "{canonical:?}");
    }
}

fn value_of(program: &intake::expression::Program, form: &Fields) -> Option<Value> {
    program.value(form, RowId::FORM)
}
