use crate::value::Value;
use crate::web::store::Unreadable;

/// A place on the wire: `geo:lat,lon;u=metres`. Six digits after the point are a hand's breadth.
pub(crate) fn place_text(latitude: f64, longitude: f64, metres: Option<f64>) -> String {
    let degrees = |number: f64| {
        let text = format!("{number:.6}");
        let text = text.trim_end_matches('0').trim_end_matches('.').to_owned();
        if text == "-0" { "0".to_owned() } else { text }
    };
    let uncertain = metres.map(|metres| format!(";u={:.0}", metres.max(1.0))).unwrap_or_default();
    format!("geo:{},{}{uncertain}", degrees(latitude), degrees(longitude))
}

/// What the two boxes hold for a place: degrees north, degrees east.
pub(crate) fn place_boxes(wire: Option<&str>) -> [String; 2] {
    let parts = wire.and_then(|wire| wire.strip_prefix("geo:")).and_then(|rest| rest.split(';').next());
    match parts.and_then(|degrees| degrees.split_once(',')) {
        Some((latitude, longitude)) => [latitude.to_owned(), longitude.to_owned()],
        None => Default::default(),
    }
}

/// How exact a place is, in metres.
pub(crate) fn place_metres(wire: &str) -> Option<String> {
    let (_, rest) = wire.split_once(";u=")?;
    rest.split(';').next().map(str::to_owned)
}

/// What two boxes with degrees mean; nothing if both are blank.
///
/// # Errors
/// They name no place.
pub(crate) fn read_place(latitude: &str, longitude: &str) -> Result<Option<Value>, Unreadable> {
    let (latitude, longitude) = (latitude.trim(), longitude.trim());
    if latitude.is_empty() && longitude.is_empty() {
        return Ok(None);
    }
    let degrees = |text: &str, most: f64| {
        let number: f64 = text.parse().map_err(|_| Unreadable::Place)?;
        if number.abs() <= most { Ok(number) } else { Err(Unreadable::Place) }
    };
    let text = place_text(degrees(latitude, 90.0)?, degrees(longitude, 180.0)?, None);
    Ok(Some(Value::text(text.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_written_and_read() {
        let wire = place_text(26.647_02, -106.630_24, Some(11.6));
        assert_eq!(wire, "geo:26.64702,-106.63024;u=12");
        assert_eq!(place_boxes(Some(&wire)), ["26.64702", "-106.63024"]);
        assert_eq!(place_metres(&wire).as_deref(), Some("12"));
        assert_eq!(place_text(0.0, -0.000_000_1, None), "geo:0,0");
    }

    #[test]
    fn degrees_that_are_nowhere_are_no_place() {
        assert_eq!(read_place("", " "), Ok(None));
        assert_eq!(read_place("26.5", "106.6"), Ok(Some(Value::text("geo:26.5,106.6"))));
        for (latitude, longitude) in
            [("91", "0"), ("0", "181"), ("26.5", ""), ("north", "0"), ("NaN", "0"), ("inf", "0")]
        {
            assert_eq!(read_place(latitude, longitude), Err(Unreadable::Place), "{latitude}, {longitude}");
        }
    }
}
