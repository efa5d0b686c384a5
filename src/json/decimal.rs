use crate::value::Decimal;

/// The exact value of a number as JSON writes numbers; none if it has more digits than a [`Decimal`] keeps.
pub(super) fn decimal(raw: &str) -> Option<Decimal> {
    let (negative, rest) = match raw.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, raw),
    };
    let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, whole(exponent)?),
        None => (rest, 0),
    };
    let (whole_part, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fraction = fraction.trim_end_matches('0');
    let mut scale = i64::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
    let mut digits: i128 = 0;
    let mut zeros = 0u32;
    for byte in whole_part.bytes().chain(fraction.bytes()) {
        if !byte.is_ascii_digit() {
            return None;
        }
        // Zeros wait until a digit comes after them, so that 1000…000e-1000 is the 1 that it is.
        if byte == b'0' {
            zeros += u32::from(digits != 0);
        } else {
            digits = digits
                .checked_mul(10i128.checked_pow(zeros.checked_add(1)?)?)?
                .checked_add(i128::from(byte - b'0'))?;
            zeros = 0;
        }
    }
    if digits == 0 {
        return Some(Decimal::ZERO);
    }
    scale -= i64::from(zeros);
    if scale < 0 {
        digits = digits.checked_mul(10i128.checked_pow(u32::try_from(-scale).ok()?)?)?;
        scale = 0;
    }
    let signed = if negative { -digits } else { digits };
    Decimal::try_from_i128_with_scale(signed, u32::try_from(scale).ok()?).ok()
}

fn whole(exponent: &str) -> Option<i64> {
    exponent.strip_prefix('+').unwrap_or(exponent).parse::<i32>().ok().map(i64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_exact_or_not_at_all() {
        let text = |raw: &str| decimal(raw).map(|decimal| decimal.to_string());
        assert_eq!(text("0.1"), Some("0.1".into()));
        assert_eq!(text("-12.50"), Some("-12.5".into()));
        assert_eq!(text("1e3"), Some("1000".into()));
        assert_eq!(text("1000E-3"), Some("1".into()));
        assert_eq!(text("-0"), Some("0".into()));
        assert_eq!(text("0e999"), Some("0".into()));
        assert_eq!(text(&format!("1{}e-400", "0".repeat(400))), Some("1".into()));
        assert_eq!(text("79228162514264337593543950335"), Some("79228162514264337593543950335".into()));
        assert_eq!(text("79228162514264337593543950336"), None);
        assert_eq!(text("1e29"), None);
        assert_eq!(text("1e-29"), None);
        assert_eq!(text("1e99999999999"), None);
    }
}
