use super::syntax::{NodeId, Operator, Syntax, Tree, parse};
use crate::value::{Decimal, Truth};

/// A condition that only compares questions with constants or with each other, as other systems can say it too.
///
/// It is read from a program's canonical text, and so is type-correct already; names are as they were written.
#[derive(Clone, Debug, PartialEq)]
pub enum Formula {
    /// `true`, `false`, `{}`.
    Constant(Truth),
    /// A question of yes and no by itself.
    Holds(Name),
    /// A question against a constant.
    Compare(Name, Comparison, Constant),
    /// A question against another.
    CompareTwo(Name, Comparison, Name),
    /// `a ~ 'x'`: the same, whatever the case and the spacing.
    Like(Name, Constant),
    /// `a in ('x' | 'y')`
    Among(Name, Vec<Constant>),
    /// `a contains 'x'`, of a question with several answers.
    Contains(Name, Constant),
    /// `a.exists()`
    Exists(Name),
    /// `a.not()`
    Not(Box<Self>),
    /// `a and b`
    And(Box<Self>, Box<Self>),
    /// `a or b`
    Or(Box<Self>, Box<Self>),
    /// `a xor b`
    Xor(Box<Self>, Box<Self>),
}

/// A question's name in a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name.
    pub text: String,
    /// Whether it is written `%form.name`: the question of the form, whatever the row has.
    pub of_form: bool,
}

/// Which way a comparison goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
}

impl Comparison {
    /// The same with its sides exchanged.
    #[must_use]
    pub const fn turned(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::LessEqual => Self::GreaterEqual,
            Self::Greater => Self::Less,
            Self::GreaterEqual => Self::LessEqual,
            Self::Equal => Self::Equal,
            Self::NotEqual => Self::NotEqual,
        }
    }
}

/// What a question is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constant {
    /// Yes or no.
    Boolean(bool),
    /// A number.
    Number(Decimal),
    /// A text, or the code of a choice.
    Text(String),
}

impl Formula {
    /// The condition of a text, if it is of this kind.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let (tree, problems) = parse(text);
        let tree = tree.filter(|_| problems.is_empty())?;
        // As deep as the tree is high, which the parser bounds.
        Reader { tree: &tree }.formula(tree.root())
    }
}

struct Reader<'t> {
    tree: &'t Tree,
}

impl Reader<'_> {
    fn formula(&self, id: NodeId) -> Option<Formula> {
        let both = |left, right| Some((Box::new(self.formula(left)?), Box::new(self.formula(right)?)));
        Some(match self.tree.node(id).syntax {
            Syntax::Boolean(value) => Formula::Constant(value.into()),
            Syntax::Empty => Formula::Constant(Truth::Unknown),
            Syntax::Name(_) | Syntax::FormName(_) => Formula::Holds(self.name(id)?),
            Syntax::Not(inner) => Formula::Not(Box::new(self.formula(inner)?)),
            Syntax::Binary(operator, left, right) => match operator {
                Operator::And => both(left, right).map(|(left, right)| Formula::And(left, right))?,
                Operator::Or => both(left, right).map(|(left, right)| Formula::Or(left, right))?,
                Operator::Xor => both(left, right).map(|(left, right)| Formula::Xor(left, right))?,
                Operator::Implies => {
                    let (left, right) = both(left, right)?;
                    Formula::Or(Box::new(Formula::Not(left)), right)
                }
                Operator::In => Formula::Among(self.name(left)?, self.constants(right)?),
                Operator::Contains => Formula::Contains(self.name(left)?, self.constant(right)?),
                Operator::Equivalent => self.like(left, right)?,
                Operator::NotEquivalent => Formula::Not(Box::new(self.like(left, right)?)),
                _ => self.comparison(operator, left, right)?,
            },
            Syntax::Call { receiver: Some(receiver), name, count: 0, .. } => match self.tree.text(name) {
                "exists" => Formula::Exists(self.name(receiver)?),
                "empty" => Formula::Not(Box::new(Formula::Exists(self.name(receiver)?))),
                _ => return None,
            },
            _ => return None,
        })
    }

    fn comparison(&self, operator: Operator, left: NodeId, right: NodeId) -> Option<Formula> {
        let comparison = match operator {
            Operator::Less => Comparison::Less,
            Operator::LessEqual => Comparison::LessEqual,
            Operator::Greater => Comparison::Greater,
            Operator::GreaterEqual => Comparison::GreaterEqual,
            Operator::Equal => Comparison::Equal,
            Operator::NotEqual => Comparison::NotEqual,
            _ => return None,
        };
        Some(match (self.name(left), self.name(right)) {
            (Some(left), Some(right)) => Formula::CompareTwo(left, comparison, right),
            (Some(name), None) => Formula::Compare(name, comparison, self.constant(right)?),
            (None, name) => Formula::Compare(name?, comparison.turned(), self.constant(left)?),
        })
    }

    fn like(&self, left: NodeId, right: NodeId) -> Option<Formula> {
        match self.name(left) {
            Some(name) => Some(Formula::Like(name, self.constant(right)?)),
            None => Some(Formula::Like(self.name(right)?, self.constant(left)?)),
        }
    }

    fn name(&self, id: NodeId) -> Option<Name> {
        match self.tree.node(id).syntax {
            Syntax::Name(text) => Some(Name { text: self.tree.text(text).to_owned(), of_form: false }),
            Syntax::FormName(text) => Some(Name { text: self.tree.text(text).to_owned(), of_form: true }),
            _ => None,
        }
    }

    fn constant(&self, id: NodeId) -> Option<Constant> {
        match self.tree.node(id).syntax {
            Syntax::Boolean(value) => Some(Constant::Boolean(value)),
            Syntax::Number(number) => Some(Constant::Number(number)),
            Syntax::Text(text) => Some(Constant::Text(self.tree.text(text).to_owned())),
            Syntax::Negate(inner) => match self.constant(inner)? {
                Constant::Number(number) => Some(Constant::Number(-number)),
                Constant::Boolean(_) | Constant::Text(_) => None,
            },
            _ => None,
        }
    }

    /// A list of constants: one, or several with `|` between them.
    fn constants(&self, id: NodeId) -> Option<Vec<Constant>> {
        if let Syntax::Binary(Operator::Union, left, right) = self.tree.node(id).syntax {
            let mut constants = self.constants(left)?;
            constants.extend(self.constants(right)?);
            return Some(constants);
        }
        self.constant(id).map(|constant| vec![constant])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Name {
        Name { text: text.to_owned(), of_form: false }
    }

    #[test]
    fn conditions_of_constants_are_read() {
        let code = |code: &str| Constant::Text(code.to_owned());
        let compare =
            |of: &str, test, number: i32| Formula::Compare(name(of), test, Constant::Number(number.into()));
        for (text, formula) in [
            ("18 <= years", compare("years", Comparison::GreaterEqual, 18)),
            ("years > -3", compare("years", Comparison::Greater, -3)),
            ("smokes != 'yes'", Formula::Compare(name("smokes"), Comparison::NotEqual, code("yes"))),
            ("q in ('a' | 'b')", Formula::Among(name("q"), vec![code("a"), code("b")])),
            ("q contains 'a'", Formula::Contains(name("q"), code("a"))),
            ("a > b", Formula::CompareTwo(name("a"), Comparison::Greater, name("b"))),
            ("'Yes' ~ q", Formula::Like(name("q"), code("Yes"))),
            ("q.empty()", Formula::Not(Box::new(Formula::Exists(name("q"))))),
            (
                "a implies %form.b",
                Formula::Or(
                    Box::new(Formula::Not(Box::new(Formula::Holds(name("a"))))),
                    Box::new(Formula::Holds(Name { text: "b".to_owned(), of_form: true })),
                ),
            ),
        ] {
            assert_eq!(Formula::of(text), Some(formula), "{text}");
        }
    }

    #[test]
    fn anything_else_is_not() {
        for text in
            ["a ~ b", "a + 1 > 2", "rows.where(n > 1).exists()", "sum(a, b) > 1", "today() > @2020", "a >"]
        {
            assert_eq!(Formula::of(text), None, "{text}");
        }
    }
}
