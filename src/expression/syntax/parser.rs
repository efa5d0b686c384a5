use super::lexer;
use super::operator::Operator;
use super::token::{Token, TokenKind};
use super::tree::{Node, NodeId, Syntax, TextId, Tree};
use super::{foreign, operator};
use crate::diagnostic::{Code, Span, codes, did_you_mean};
use crate::expression::{Problem, limits};

/// Reads an expression, collecting what is wrong.
///
/// There is a tree unless nothing could be made of the text or a limit was passed; parts that could not be read stand
/// in it as wrong, so that what is around them can still be checked.
#[must_use]
pub fn parse(text: &str) -> (Option<Tree>, Vec<Problem>) {
    let mut problems = Vec::new();
    if text.len() > limits::TEXT {
        let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
        problems.push(too_much(Span::new(0, end), "this expression is longer than 16 kB"));
        return (None, problems);
    }
    let tokens = lexer::tokens(text, &mut problems);
    let tree = Tree { nodes: Vec::new(), texts: Vec::new(), arguments: Vec::new(), root: NodeId(0) };
    let mut parser = Parser {
        text,
        tokens,
        at: 0,
        tree,
        heights: Vec::new(),
        extents: Vec::new(),
        nesting: 0,
        problems,
        ended: false,
    };
    if parser.peek().kind == TokenKind::End {
        if parser.problems.is_empty() {
            let problem =
                Problem::error(codes::EXPRESSION_SYNTAX, parser.peek().span, "this expression is empty");
            parser.problems.push(problem);
        }
        return (None, parser.problems);
    }
    parser.tree.root = parser.expression(0);
    parser.expect_end();
    if parser.over_limit() {
        return (None, parser.problems);
    }
    (Some(parser.tree), parser.problems)
}

pub(super) fn too_much(span: Span, message: &str) -> Problem {
    Problem::error(codes::EXPRESSION_LIMIT, span, message)
        .help("move parts of it into calculations of their own")
}

/// A Pratt parser. `parse_…` reads a construct, `expect_…` reports what its user left out.
pub(super) struct Parser<'t> {
    pub(super) text: &'t str,
    tokens: Vec<Token>,
    at: usize,
    pub(super) tree: Tree,
    /// The height of each node, which a chain of operators lets grow without any nesting.
    heights: Vec<u16>,
    /// How far each node reaches with the brackets around it.
    extents: Vec<Span>,
    nesting: u16,
    pub(super) problems: Vec<Problem>,
    /// Nothing more is read or reported: what follows would only repeat the first fault.
    ended: bool,
}

impl<'t> Parser<'t> {
    /// The next token; [`TokenKind::End`] for ever once reading has ended.
    pub(super) fn peek(&self) -> Token {
        let last = self.tokens.last().copied();
        let next = if self.ended { last } else { self.tokens.get(self.at).copied().or(last) };
        next.unwrap_or(Token { kind: TokenKind::End, span: Span::default() })
    }

    pub(super) fn advance(&mut self) -> Token {
        let token = self.peek();
        self.at += 1;
        token
    }

    pub(super) fn take(&mut self, kind: TokenKind) -> Option<Token> {
        (self.peek().kind == kind).then(|| self.advance())
    }

    pub(super) fn written(&self, span: Span) -> &'t str {
        let offset = |at| usize::try_from(at).unwrap_or(usize::MAX);
        self.text.get(offset(span.start)..offset(span.end)).unwrap_or("")
    }

    /// Reads no further at a sign that was reported when it was cut off. What was found behind it says no more: in
    /// `a ? 1 : 2` the colon is no second fault.
    pub(super) fn end_at(&mut self, sign: Span) {
        self.ended = true;
        self.problems.retain(|problem| problem.span.start <= sign.start);
    }

    /// Reports once; all that follows is silent.
    pub(super) fn end_with(&mut self, problem: Problem) {
        self.report(problem);
        self.ended = true;
    }

    pub(super) fn report(&mut self, problem: Problem) {
        // An operator is looked at once for each power that it might have had.
        let again =
            self.problems.iter().any(|known| known.code == problem.code && known.span == problem.span);
        if !self.ended && !again && self.problems.len() < limits::PROBLEMS {
            self.problems.push(problem);
        }
    }

    fn over_limit(&self) -> bool {
        self.problems.iter().any(|problem| problem.code == codes::EXPRESSION_LIMIT)
    }

    pub(super) fn syntax_error(&mut self, span: Span, message: impl Into<String>) {
        self.end_with(Problem::error(codes::EXPRESSION_SYNTAX, span, message));
    }

    /// Adds a node above the given ones.
    pub(super) fn add(&mut self, syntax: Syntax, span: Span, below: &[NodeId]) -> NodeId {
        let height_of = |id: &NodeId| self.heights.get(usize::from(id.0)).copied().unwrap_or(0);
        let height = below.iter().map(height_of).max().unwrap_or(0) + 1;
        let id = u16::try_from(self.tree.nodes.len()).unwrap_or(u16::MAX);
        if usize::from(id) >= limits::NODES {
            self.end_with(too_much(span, "this expression has more than 4,096 parts"));
            return NodeId(0);
        }
        self.tree.nodes.push(Node { syntax, span });
        self.heights.push(height);
        self.extents.push(span);
        if height > limits::HEIGHT {
            self.end_with(too_much(span, "this expression is a chain of more than 256 parts"));
        }
        NodeId(id)
    }

    pub(super) fn intern(&mut self, text: &str) -> TextId {
        let id = u16::try_from(self.tree.texts.len()).unwrap_or(u16::MAX);
        self.tree.texts.push(text.into());
        TextId(id)
    }

    pub(super) fn span_of(&self, id: NodeId) -> Span {
        self.tree.node(id).span
    }

    /// Where a node stands with the brackets around it, as whatever it is a part of has it.
    pub(super) fn extent_of(&self, id: NodeId) -> Span {
        self.extents.get(usize::from(id.0)).copied().unwrap_or_else(|| self.span_of(id))
    }

    /// Notes the brackets around a node.
    pub(super) fn bracket(&mut self, id: NodeId, extent: Span) {
        if let Some(known) = self.extents.get_mut(usize::from(id.0)) {
            *known = extent;
        }
    }

    /// Runs a reader one level deeper, or ends with a problem if that is too deep.
    pub(super) fn nested(&mut self, read: impl FnOnce(&mut Self) -> NodeId) -> NodeId {
        let span = self.peek().span;
        if self.nesting >= limits::NESTING {
            self.end_with(too_much(span, "this expression is nested more than 64 levels deep"));
            return self.add(Syntax::Wrong, span, &[]);
        }
        self.nesting += 1;
        let node = read(self);
        self.nesting -= 1;
        node
    }

    /// Reads values and the operators between them, as long as they bind at least this tightly.
    pub(super) fn expression(&mut self, least: u8) -> NodeId {
        let mut left = self.parse_signed();
        while let Some(operator) = self.peek_operator() {
            if operator.power() < least {
                break;
            }
            let sign = self.advance();
            let bracketed = self.extent_of(left) != self.span_of(left);
            let chained = operator.compares() && !bracketed && self.same_power(left, operator);
            let right = self.nested_right(operator);
            let span = self.extent_of(left).to(self.extent_of(right));
            left = if chained {
                self.report_chain(left, sign.span, operator, right);
                self.add(Syntax::Wrong, span, &[left, right])
            } else {
                self.add(Syntax::Binary(operator, left, right), span, &[left, right])
            };
        }
        left
    }

    /// The right side of an operator recurses at most once for each power, so it needs no level of its own.
    fn nested_right(&mut self, operator: Operator) -> NodeId {
        self.expression(operator.power() + 1)
    }

    fn same_power(&self, left: NodeId, operator: Operator) -> bool {
        matches!(self.tree.node(left).syntax, Syntax::Binary(other, ..) if other.power() == operator.power())
    }

    fn report_chain(&mut self, left: NodeId, sign: Span, operator: Operator, right: NodeId) {
        let Syntax::Binary(first, low, middle) = self.tree.node(left).syntax else { return };
        let [low, middle, high] = [low, middle, right].map(|id| self.written(self.extent_of(id)));
        let [low, middle, high] =
            if low.len() + middle.len() + high.len() < 100 { [low, middle, high] } else { ["a", "b", "c"] };
        let write =
            [low, " ", first.symbol(), " ", middle, " and ", middle, " ", operator.symbol(), " ", high];
        let message = ["comparisons cannot be chained: write `", &write.concat(), "`"].concat();
        let span = self.extent_of(left).to(sign).to(self.extent_of(right));
        self.report(Problem::error(codes::EXPRESSION_CHAINED, span, message));
    }

    /// The operator that comes next. What looks like one and is none is reported here.
    fn peek_operator(&mut self) -> Option<Operator> {
        let token = self.peek();
        Some(match token.kind {
            TokenKind::Plus => Operator::Add,
            TokenKind::Minus => Operator::Subtract,
            TokenKind::Star => Operator::Multiply,
            TokenKind::Slash => Operator::Divide,
            TokenKind::Ampersand => Operator::Concat,
            TokenKind::Bar => Operator::Union,
            TokenKind::Equal => Operator::Equal,
            TokenKind::NotEqual => Operator::NotEqual,
            TokenKind::Equivalent => Operator::Equivalent,
            TokenKind::NotEquivalent => Operator::NotEquivalent,
            TokenKind::Less => Operator::Less,
            TokenKind::LessEqual => Operator::LessEqual,
            TokenKind::Greater => Operator::Greater,
            TokenKind::GreaterEqual => Operator::GreaterEqual,
            TokenKind::And => Operator::And,
            TokenKind::Or => Operator::Or,
            TokenKind::Word => return self.word_operator(token),
            TokenKind::Foreign => {
                self.end_at(token.span);
                return None;
            }
            _ => return None,
        })
    }

    fn word_operator(&mut self, token: Token) -> Option<Operator> {
        let word = self.written(token.span);
        if let Some(operator) = Operator::WORDS.into_iter().find(|operator| operator.symbol() == word) {
            return Some(operator);
        }
        if matches!(word, "is" | "as") {
            let message = ["`", word, "` is left out: the type of a question is fixed"].concat();
            self.end_with(Problem::error(codes::EXPRESSION_LEFT_OUT, token.span, message));
            return None;
        }
        let lower = word.to_ascii_lowercase();
        let meant = Operator::WORDS.into_iter().find(|operator| operator.symbol() == lower);
        if let Some(operator) = meant {
            self.report(not_an_operator(word, operator.symbol(), token.span));
            return Some(operator);
        }
        let foreign = foreign::WORDS.iter().find(|(known, _)| *known == lower).map(|(_, meant)| *meant);
        let near = || did_you_mean(word, Operator::WORDS.map(Operator::symbol));
        let problem = match foreign.or_else(near) {
            Some(meant) => not_an_operator(word, meant, token.span),
            None => {
                let message = ["there is no operator before `", word, "`"].concat();
                Problem::error(codes::EXPRESSION_SYNTAX, token.span, message)
                    .help("join two conditions with `and` or `or`; a name with spaces stands in backticks")
            }
        };
        self.end_with(problem);
        None
    }

    fn expect_end(&mut self) {
        let token = self.peek();
        let message = match token.kind {
            TokenKind::End => return,
            TokenKind::Close => "this `)` closes nothing",
            TokenKind::CloseIndex => "this `]` closes nothing",
            TokenKind::CloseBrace => "this `}` closes nothing",
            TokenKind::Comma => "a comma stands only between the arguments of a function",
            _ => "there is no operator before this",
        };
        self.syntax_error(token.span, message);
    }

    /// Reads a sign and what it stands before.
    #[inline(never)]
    fn parse_signed(&mut self) -> NodeId {
        let token = self.peek();
        match token.kind {
            TokenKind::Plus | TokenKind::Minus | TokenKind::Not => {
                self.advance();
                let inner = self.nested(Self::parse_signed);
                let span = token.span.to(self.extent_of(inner));
                match token.kind {
                    TokenKind::Minus => self.add(Syntax::Negate(inner), span, &[inner]),
                    TokenKind::Not => self.add(Syntax::Not(inner), span, &[inner]),
                    _ => inner,
                }
            }
            _ => self.parse_value(),
        }
    }
}

fn not_an_operator(word: &str, meant: &str, span: Span) -> Problem {
    let code: Code = codes::EXPRESSION_OPERATOR;
    let message = ["`", word, "` is not an operator: did you mean `", meant, "`?"].concat();
    Problem::error(code, span, message)
}

// A sign binds more tightly than every operator: `parse_signed` reads no operators at all.
const _: () = assert!(operator::SIGN_POWER > Operator::Multiply.power());
