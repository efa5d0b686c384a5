//! Random well-typed expressions, in the language and as the FHIRPath that means the same.
//!
//! Most of the text is the same in both. What is not is here: dates are texts in a plain document (`w1.toDate()`),
//! inside of a lambda the form is `%context`, the row outside of an inner lambda needs a variable, the extensions
//! are lowered. Two things only go round what fhirpath.js does not do as the standard says: a sign before a field is
//! written as a subtraction (it has the sign for literals alone), and a condition of `where` and `exists` is compared
//! with true (a field that holds false is there, and passes).

mod boolean;
mod date;
mod list;
mod number;
mod text;

use super::both::{Both, apart};
use super::random::Random;

/// What bare names are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Here {
    Form,
    Member,
    Job,
    /// An item of a list of values: `$this`.
    Number,
    Text,
    Date,
}

/// Where a part of an expression stands.
#[derive(Clone)]
struct Place {
    here: Here,
    /// Lambdas around it.
    lambdas: u8,
    /// The variable that holds the member around a job.
    member: String,
}

pub(super) struct Generator<'r> {
    random: &'r mut Random,
    variables: usize,
}

/// A random expression.
pub(super) fn expression(random: &mut Random) -> Both {
    let mut generator = Generator { random, variables: 0 };
    let form = Place { here: Here::Form, lambdas: 0, member: String::new() };
    let depth = 1 + generator.random.below(3);
    match generator.random.below(10) {
        0..=4 => generator.boolean(depth, &form),
        5..=6 => generator.number(depth, &form),
        7 => generator.text(depth, &form),
        8 => generator.date(depth, &form),
        _ => generator.texts(depth, &form),
    }
}

impl Generator<'_> {
    fn below(&mut self, bound: usize) -> usize {
        self.random.below(bound)
    }

    fn word(&mut self, from: &[&'static str]) -> &'static str {
        self.random.pick::<&'static str>(from)
    }

    /// A field of the form or of the row; `convert` is what a plain text needs to be a value of its kind.
    fn field(&mut self, form: &[&str], member: &[&str], job: &[&str], convert: &str, at: &Place) -> Both {
        let own = match at.here {
            Here::Member => member,
            Here::Job => job,
            _ => &[],
        };
        if !own.is_empty() && !self.random.one_in(3) {
            let name = *self.random.pick(own);
            return apart(name, format!("{name}{convert}"));
        }
        if at.here == Here::Job && !member.is_empty() && self.random.one_in(2) {
            let name = *self.random.pick(member);
            return apart(name, format!("%{}.{name}{convert}", at.member));
        }
        let name = *self.random.pick(form);
        if at.lambdas == 0 {
            return apart(name, format!("{name}{convert}"));
        }
        let ours = if self.random.one_in(2) { format!("%form.{name}") } else { name.to_owned() };
        apart(ours, format!("%context.{name}{convert}"))
    }
}
