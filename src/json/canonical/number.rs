use serde_json::Number;

/// The canonical text of a number.
#[must_use]
pub fn number_text(number: &Number) -> String {
    // A number has no names, which alone can fail.
    super::of(number).unwrap_or_default()
}

/// Whole numbers below this are doubles too.
const EXACT: u64 = 1 << 53;

/// Writes a whole number: beyond 2^53 the double that is nearest to it, as RFC 8785 asks for.
pub(super) fn write_whole(value: u64, out: &mut String) {
    match value {
        0..EXACT => write_digits(value, out),
        #[allow(clippy::cast_precision_loss, reason = "RFC 8785 asks for the nearest double")]
        _ => write_float(value as f64, out),
    }
}

/// No more than sixteen: they need no buffer, and nearly every number has one.
fn write_digits(value: u64, out: &mut String) {
    if value >= 10 {
        write_digits(value / 10, out);
    }
    out.extend(char::from_digit((value % 10) as u32, 10));
}

/// The fewest digits that read back as the same double and, of those, the nearest to it; of two that are equally near
/// the even one, which the standard library leaves open.
fn shortest(float: f64) -> String {
    let short = format!("{float:e}");
    let digits = short.bytes().take_while(|&byte| byte != b'e').filter(u8::is_ascii_digit).count();
    let nearest = format!("{float:.*e}", digits.saturating_sub(1));
    // At a power of two the nearest can belong to the double below.
    if nearest.parse() == Ok(float) { nearest } else { short }
}

/// Writes a double as ECMAScript does: the fewest digits that read back as the same double, laid out by
/// `Number::toString`. The digits are those of the standard library's `{:e}`, which is linked in any case; `ryu-js`,
/// which does the same faster, brings tables of 10 kB that no compression makes smaller. The tests hold the two together.
pub(super) fn write_float(float: f64, out: &mut String) {
    if float == 0.0 {
        out.push('0');
        return;
    }
    let scientific = shortest(float.abs());
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let digits: String = mantissa.chars().filter(|&digit| digit != '.').collect();
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if float < 0.0 {
        out.push('-');
    }
    let count = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    let zeros = |count: i32| std::iter::repeat_n('0', usize::try_from(count).unwrap_or(0));
    match exponent {
        0..=20 if count <= exponent + 1 => {
            out.push_str(&digits);
            out.extend(zeros(exponent + 1 - count));
        }
        0..=20 => {
            let whole = usize::try_from(exponent + 1).unwrap_or(0);
            out.extend(digits.chars().take(whole));
            out.push('.');
            out.extend(digits.chars().skip(whole));
        }
        -6..=-1 => {
            out.push_str("0.");
            out.extend(zeros(-exponent - 1));
            out.push_str(&digits);
        }
        _ => {
            out.extend(digits.chars().take(1));
            if count > 1 {
                out.push('.');
                out.extend(digits.chars().skip(1));
            }
            out.push_str(if exponent < 0 { "e-" } else { "e+" });
            out.push_str(&exponent.unsigned_abs().to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Number;

    use super::number_text;

    #[test]
    fn numbers_are_laid_out_as_ecmascript_does() {
        for (float, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (-0.5, "-0.5"),
            (18.4, "18.4"),
            (0.000_001, "0.000001"),
            (1e-7, "1e-7"),
            (1.5e-9, "1.5e-9"),
            (123_456_789_012_346_000.0, "123456789012346000"),
            (1e21, "1e+21"),
            (1e20, "100000000000000000000"),
            (5e-324, "5e-324"),
            (f64::MAX, "1.7976931348623157e+308"),
            (9_007_199_254_740_993.0, "9007199254740992"),
        ] {
            assert_eq!(number_text(&Number::from_f64(float).unwrap()), text);
        }
    }

    proptest! {
        #[test]
        fn numbers_are_written_as_by_another_implementation(bits in any::<u64>()) {
            let float = f64::from_bits(bits);
            prop_assume!(float.is_finite());
            let text = number_text(&Number::from_f64(float).unwrap());
            let mut buffer = ryu_js::Buffer::new();
            prop_assert_eq!(&*text, buffer.format_finite(float));
        }

        #[test]
        fn short_decimals_too(mantissa in -1_000_000_000_000_000_i64..1_000_000_000_000_000, scale in 0_i32..20) {
            #[allow(clippy::cast_precision_loss, reason = "below 2^53")]
            let float = mantissa as f64 / 10_f64.powi(scale);
            let text = number_text(&Number::from_f64(float).unwrap());
            let mut buffer = ryu_js::Buffer::new();
            prop_assert_eq!(&*text, buffer.format_finite(float));
        }
    }
}
