//! Roots and powers of exact decimals. Machine floats are no choice: their results differ between a browser and a
//! server in the last place, and a profile has to be the same to the byte.

use crate::value::Decimal;

/// Digits that a root or a fractional power keeps: more than the 15 that leave the engine.
const DIGITS: u32 = 18;

/// From so many digits on a number is as long as only what a division left over makes it.
const LONG: u128 = 10_u128.pow(26);
/// Digits of a number that somebody wrote, or that comes of such numbers without a division.
const SHORT: u128 = 10_u128.pow(19);

/// A number without the rest that a rounded quotient leaves: 10 / 3 * 3 is 10, and not 9.999… with 28 digits.
///
/// Kept exactly as it is computed, `avg(a, b, c) * 3 >= 10` would be false for a, b, c with the sum 10. A number that is
/// long, and short once its last digits are rounded off, is taken for the short one. Numbers with few places stay as
/// they are: there, long numbers are written by people.
pub(in crate::expression) fn settled(number: Decimal) -> Decimal {
    if number.mantissa().unsigned_abs() < LONG || number.scale() < 10 {
        return number;
    }
    match number.round_sf(24).map(|rounded| rounded.normalize()) {
        Some(rounded) if rounded.mantissa().unsigned_abs() < SHORT => rounded,
        _ => number,
    }
}

/// The square root; none of a negative number. Exact where it can be written in at most 18 digits.
pub(in crate::expression) fn sqrt(number: Decimal) -> Option<Decimal> {
    if number.is_sign_negative() && !number.is_zero() {
        return None;
    }
    let number = number.normalize();
    let mut mantissa = number.mantissa().unsigned_abs();
    let mut scale = number.scale();
    if !scale.is_multiple_of(2) {
        mantissa = mantissa.checked_mul(10)?;
        scale += 1;
    }
    // Two more digits below the root give one more of the result.
    while scale < 56
        && let Some(wider) = mantissa.checked_mul(100)
    {
        mantissa = wider;
        scale += 2;
    }
    let root = i128::try_from(mantissa.isqrt()).ok()?;
    let root = Decimal::try_from_i128_with_scale(root, scale / 2).ok()?;
    root.round_sf(DIGITS).map(|root| root.normalize())
}

/// A number to a power; none where there is no such number, or it is too large.
pub(in crate::expression) fn power(base: Decimal, exponent: Decimal) -> Option<Decimal> {
    if exponent.is_integer() {
        return whole_power(base, exponent.try_into().ok()?);
    }
    if base.is_zero() {
        return (exponent > Decimal::ZERO).then_some(Decimal::ZERO);
    }
    if base < Decimal::ZERO {
        return None;
    }
    exponential(logarithm(base)?.checked_mul(exponent)?)?.round_sf(DIGITS).map(|power| power.normalize())
}

fn whole_power(base: Decimal, exponent: i32) -> Option<Decimal> {
    let mut left = exponent.unsigned_abs();
    let mut square = base;
    let mut power = Decimal::ONE;
    while left > 0 {
        if left % 2 == 1 {
            power = power.checked_mul(square)?;
        }
        left /= 2;
        if left > 0 {
            square = square.checked_mul(square)?;
        }
    }
    if exponent < 0 { Decimal::ONE.checked_div(power) } else { Some(power) }
}

/// ln 2 to 28 places.
const LN_2: Decimal = Decimal::from_parts(0xAA7A_65BF, 0x81F5_2F01, 0x1665_943F, false, 28);

/// The natural logarithm of a positive number.
fn logarithm(number: Decimal) -> Option<Decimal> {
    let mut reduced = number;
    let mut halvings = 0;
    let two = Decimal::TWO;
    while reduced > Decimal::new(15, 1) {
        reduced = reduced.checked_div(two)?;
        halvings += 1;
    }
    while reduced < Decimal::new(75, 2) {
        reduced = reduced.checked_mul(two)?;
        halvings -= 1;
    }
    // ln m = 2 artanh((m − 1) / (m + 1)), whose series falls by a factor of 25 a step here.
    let ratio = (reduced - Decimal::ONE).checked_div(reduced + Decimal::ONE)?;
    let square = ratio * ratio;
    let mut term = ratio;
    let mut sum = ratio;
    for step in 1..40_u32 {
        term = term.checked_mul(square)?;
        if term.is_zero() {
            break;
        }
        sum = sum.checked_add(term.checked_div(Decimal::from(2 * step + 1))?)?;
    }
    sum.checked_mul(two)?.checked_add(LN_2.checked_mul(Decimal::from(halvings))?)
}

/// e to a power.
fn exponential(exponent: Decimal) -> Option<Decimal> {
    let halvings: i32 = exponent.checked_div(LN_2)?.round().try_into().ok()?;
    if halvings.abs() > 100 {
        return (halvings < 0).then_some(Decimal::ZERO);
    }
    let rest = exponent.checked_sub(LN_2.checked_mul(Decimal::from(halvings))?)?;
    let mut term = Decimal::ONE;
    let mut sum = Decimal::ONE;
    for step in 1..40_u32 {
        term = term.checked_mul(rest)?.checked_div(Decimal::from(step))?;
        if term.is_zero() {
            break;
        }
        sum = sum.checked_add(term)?;
    }
    whole_power(Decimal::TWO, halvings)?.checked_mul(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_quotient_leaves_nothing_behind() {
        for (numerator, denominator) in [(1, 3), (2, 3), (10, 3), (-10, 7), (1_000_000, 7), (1, 97), (22, 9)]
        {
            let [numerator, denominator] = [numerator, denominator].map(Decimal::from);
            let product = settled(numerator / denominator) * denominator;
            assert_eq!(settled(product), numerator, "{numerator} / {denominator}");
        }
        for exact in
            ["100000000000000000000.00000001", "0.3333333333333333333333333333", "1234567890.123456789"]
        {
            assert_eq!(settled(number(exact)), number(exact));
        }
    }

    #[test]
    fn roots_are_exact_where_they_can_be() {
        for (of, root) in [("0", "0"), ("4", "2"), ("2.25", "1.5"), ("0.0001", "0.01"), ("1000000", "1000")] {
            assert_eq!(sqrt(number(of)), Some(number(root)), "{of}");
        }
        assert_eq!(sqrt(number("2")), Some(number("1.41421356237309505")));
        assert_eq!(sqrt(number("-1")), None);
        assert!(sqrt(Decimal::MAX).is_some());
        assert!(sqrt(number("0.0000000000000000000000000001")).is_some());
    }

    #[test]
    fn powers_are_right_to_fifteen_digits() {
        assert_eq!(power(number("1.63"), number("2")), Some(number("2.6569")));
        assert_eq!(power(number("2"), number("-2")), Some(number("0.25")));
        assert_eq!(power(number("0"), number("-1")), None);
        assert_eq!(power(number("-8"), number("0.5")), None);
        assert_eq!(power(Decimal::MAX, number("2")), None);
        for (base, exponent, expected) in [
            ("2", "0.5", std::f64::consts::SQRT_2),
            ("70", "0.425", 70_f64.powf(0.425)),
            ("165", "0.725", 165_f64.powf(0.725)),
            ("0.001", "1.5", 0.001_f64.powf(1.5)),
        ] {
            let got: f64 = power(number(base), number(exponent)).unwrap().to_string().parse().unwrap();
            assert!((got / expected - 1.0).abs() < 1e-14, "{base} ** {exponent}: {got} {expected}");
        }
    }
}
