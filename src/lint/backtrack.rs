//! Whether a backtracking engine can take exponential time for a pattern.
//!
//! The pattern becomes an automaton of positions (Glushkov's), in which each arrow is counted as often as the pattern
//! has it. If one word can lead from a position back to itself in two ways, each repetition of the word doubles the
//! ways, and an engine that tries them one after the other never ends. This is exact but for look-around, which is
//! refused elsewhere, for bounded repetitions, of which long ones count as unbounded, and for `(a|a)*`, which the reader
//! of patterns has simplified before anything is seen of it.

use std::collections::BTreeMap;

use regex_syntax::hir::{Class, Hir, HirKind};

/// More positions than this are not looked at.
const MOST: usize = 60;
/// More arrows between pairs of positions than this are not followed.
const ARROWS: usize = 100_000;
/// A bounded repetition of at least so many counts as unbounded.
const MANY: u32 = 8;

/// Whether two ways through a loop read the same text. A pattern that cannot be read gives false.
pub(super) fn is_ambiguous_loop(pattern: &str) -> bool {
    let Ok(hir) = regex_syntax::ParserBuilder::new().nest_limit(50).build().parse(pattern) else {
        return false;
    };
    let mut automaton = Automaton::default();
    if automaton.add(&hir).is_none() {
        return false;
    }
    automaton.is_ambiguous()
}

/// A part of a pattern: whether it can be nothing, and the positions with which it begins and ends.
struct Piece {
    nullable: bool,
    first: Vec<usize>,
    last: Vec<usize>,
}

#[derive(Default)]
struct Automaton {
    /// What each position reads: ranges of characters.
    reads: Vec<Vec<(u32, u32)>>,
    /// How often each arrow is there.
    arrows: BTreeMap<(usize, usize), u32>,
}

impl Automaton {
    /// Adds a pattern; none if it is too large. The recursion is bounded by the parser.
    fn add(&mut self, hir: &Hir) -> Option<Piece> {
        let nothing = || Piece { nullable: true, first: Vec::new(), last: Vec::new() };
        Some(match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => nothing(),
            HirKind::Literal(literal) => {
                let text = std::str::from_utf8(&literal.0).ok()?;
                let mut piece = nothing();
                for character in text.chars() {
                    let next = self.position(vec![(character.into(), character.into())])?;
                    piece = self.join(piece, next);
                }
                piece
            }
            HirKind::Class(Class::Unicode(class)) => {
                self.position(class.iter().map(|range| (range.start().into(), range.end().into())).collect())?
            }
            HirKind::Class(Class::Bytes(class)) => {
                self.position(class.iter().map(|range| (range.start().into(), range.end().into())).collect())?
            }
            HirKind::Capture(capture) => self.add(&capture.sub)?,
            HirKind::Concat(parts) => {
                let mut piece = nothing();
                for part in parts {
                    let next = self.add(part)?;
                    piece = self.join(piece, next);
                }
                piece
            }
            HirKind::Alternation(parts) => {
                let mut all = Piece { nullable: false, first: Vec::new(), last: Vec::new() };
                for part in parts {
                    let piece = self.add(part)?;
                    all.nullable |= piece.nullable;
                    all.first.extend(piece.first);
                    all.last.extend(piece.last);
                }
                all
            }
            HirKind::Repetition(repetition) => {
                let mut piece = self.add(&repetition.sub)?;
                let loops = match repetition.max {
                    None => true,
                    Some(most) => most > repetition.min && most >= MANY,
                };
                if loops {
                    self.arrows(&piece.last.clone(), &piece.first.clone());
                }
                piece.nullable |= repetition.min == 0;
                piece
            }
        })
    }

    fn position(&mut self, reads: Vec<(u32, u32)>) -> Option<Piece> {
        let at = self.reads.len();
        self.reads.push(reads);
        (at < MOST).then(|| Piece { nullable: false, first: vec![at], last: vec![at] })
    }

    fn arrows(&mut self, from: &[usize], to: &[usize]) {
        for from in from {
            for to in to {
                *self.arrows.entry((*from, *to)).or_default() += 1;
            }
        }
    }

    fn join(&mut self, one: Piece, other: Piece) -> Piece {
        self.arrows(&one.last, &other.first);
        let mut first = one.first;
        if one.nullable {
            first.extend(&other.first);
        }
        let mut last = other.last;
        if other.nullable {
            last.extend(one.last);
        }
        Piece { nullable: one.nullable && other.nullable, first, last }
    }

    fn is_ambiguous(&self) -> bool {
        let count = self.reads.len();
        let mut next: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (from, to) in self.arrows.keys() {
            if let Some(steps) = next.get_mut(*from) {
                steps.push(*to);
            }
        }
        let loops = components(&next);
        let together = |one: usize, other: usize| loops.get(one) == loops.get(other);
        if self.arrows.iter().any(|((from, to), times)| *times > 1 && together(*from, *to)) {
            return true;
        }
        // Two walks side by side that read the same: from one position apart and back together.
        let Some(pairs) = self.pairs(&next) else { return false };
        let loops = components(&pairs);
        let same = |pair: usize| pair / count == pair % count;
        let mut met: BTreeMap<usize, (bool, bool)> = BTreeMap::new();
        for (pair, component) in loops.iter().enumerate() {
            let (is_same, is_apart) = met.entry(*component).or_default();
            *is_same |= same(pair);
            *is_apart |= !same(pair);
        }
        met.values().any(|(is_same, is_apart)| *is_same && *is_apart)
    }

    /// For each pair of positions, where two walks that read the same get to; none if that is too much.
    fn pairs(&self, next: &[Vec<usize>]) -> Option<Vec<Vec<usize>>> {
        let count = next.len();
        let (mut pairs, mut total) = (Vec::with_capacity(count * count), 0);
        for one in next {
            for other in next {
                let mut found = Vec::new();
                for left in one {
                    for right in other {
                        if self.meet(*left, *right) {
                            found.push(left * count + right);
                        }
                    }
                }
                total += found.len();
                if total > ARROWS {
                    return None;
                }
                pairs.push(found);
            }
        }
        Some(pairs)
    }

    fn meet(&self, one: usize, other: usize) -> bool {
        let (Some(one), Some(other)) = (self.reads.get(one), self.reads.get(other)) else { return false };
        one.iter().any(|(lo, hi)| other.iter().any(|(from, to)| lo <= to && from <= hi))
    }
}

/// For each node the component in which every node leads to every other (Kosaraju's algorithm, with stacks of its own).
fn components(next: &[Vec<usize>]) -> Vec<usize> {
    let count = next.len();
    let mut back: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (from, steps) in next.iter().enumerate() {
        for to in steps {
            if let Some(steps) = back.get_mut(*to) {
                steps.push(from);
            }
        }
    }
    let mut seen = vec![false; count];
    let mut finished = Vec::with_capacity(count);
    for start in 0..count {
        let mut open = vec![(start, false)];
        while let Some((at, done)) = open.pop() {
            if done {
                finished.push(at);
            } else if seen.get_mut(at).is_some_and(|seen| !std::mem::replace(seen, true)) {
                open.push((at, true));
                open.extend(next.get(at).into_iter().flatten().map(|to| (*to, false)));
            }
        }
    }
    let mut component = vec![usize::MAX; count];
    for start in finished.into_iter().rev() {
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            if let Some(known) = component.get_mut(at).filter(|known| **known == usize::MAX) {
                *known = start;
                open.extend(back.get(at).into_iter().flatten());
            }
        }
    }
    component
}

#[cfg(test)]
mod tests {
    use super::is_ambiguous_loop;

    #[test]
    fn patterns_that_hang_a_backtracking_engine_are_found() {
        for pattern in
            ["^(a+)+$", "^(a*)*b", r"^(\w+\s?)*$", "^(a|ab|b)*$", "^([a-z]+)*$", "(x+x+)+y", "^(a+){2,20}$"]
        {
            assert!(is_ambiguous_loop(pattern), "{pattern}");
        }
    }

    #[test]
    fn ordinary_patterns_are_not() {
        for pattern in [
            r"^1[3-9]\d{9}$",
            r"^[A-Z]{2}\d{4,6}$",
            r"^([a-z]+-)*[a-z]+$",
            r"^(\w+\s)*\w+$",
            "^[0-9]{17}[0-9X]$",
            r"^\d{3}-?\d{8}$",
            "^(a|b)*$",
            "^[一-龥·]{2,20}$",
        ] {
            assert!(!is_ambiguous_loop(pattern), "{pattern}");
        }
    }
}
