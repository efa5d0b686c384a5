//! The forms in which a text can stand on a disk without being compressed.

use std::collections::BTreeSet;

/// Bytes to look for, and what they are.
pub(super) struct Needle {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// All forms of all texts.
pub(super) fn needles(texts: &[&str]) -> Vec<Needle> {
    texts.iter().flat_map(|text| of(text)).collect()
}

fn of(text: &str) -> Vec<Needle> {
    let units = || text.encode_utf16();
    let escaped = units().map(|unit| match char::from_u32(u32::from(unit)).filter(char::is_ascii) {
        Some(letter) => letter.to_string(),
        None => format!("\\u{unit:04x}"),
    });
    let percent = text.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    });
    let mut forms = vec![
        ("UTF-8", text.as_bytes().to_vec()),
        ("UTF-16 LE", units().flat_map(u16::to_le_bytes).collect()),
        ("UTF-16 BE", units().flat_map(u16::to_be_bytes).collect()),
        ("escapes of JSON", escaped.collect::<String>().into_bytes()),
        ("escapes of an address", percent.collect::<String>().into_bytes()),
        (
            "hexadecimal digits",
            text.bytes().map(|byte| format!("{byte:02x}")).collect::<String>().into_bytes(),
        ),
    ];
    for shift in 0..3 {
        let padded = [vec![b' '; shift], text.as_bytes().to_vec()].concat();
        let code = intake::vault::base64::encode(&padded);
        // The first letters depend on what stands before, the last on what stands after.
        let from = [0, 2, 3][shift];
        let code = code.get(from..code.len() - 2).expect("Base64 is ASCII");
        forms.push((
            ["Base64, as it begins", "Base64, one further", "Base64, two further"][shift],
            code.into(),
        ));
        forms.push(("Base64 of addresses", code.replace('+', "-").replace('/', "_").into()));
    }
    let needle = |(form, bytes): (&str, Vec<u8>)| Needle { name: format!("{text} as {form}"), bytes };
    // Some forms of some texts are the same bytes.
    let mut seen = BTreeSet::new();
    forms.into_iter().filter(|(_, bytes)| seen.insert(bytes.clone())).map(needle).collect()
}
