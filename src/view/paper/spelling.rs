//! How marks and formulas are spelled: as Unicode where the terminal can show it, else in ASCII, so α becomes alpha.

use crate::app::look::appearance::Glyphs;
use crate::app::look::notation::Notation;
use crate::view::paper::theme::Theme;
use std::borrow::Cow;

/// What a single cell can say: points of the map, arrows, verdicts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// A point of the path.
    Iterate,
    /// Where the run stands.
    Here,
    /// Where it began.
    Start,
    /// A point that was given as an answer, or is being placed.
    Guess,
    /// A known minimum.
    Minimum,
    /// A known saddle.
    Saddle,
    /// A point that is tried.
    Trial,
    /// Where a step with momentum starts from.
    LookAhead,
    /// It holds.
    Yes,
    /// It fails.
    No,
    /// An arrow along one of the eight compass directions: signs of right and up.
    Arrow(i8, i8),
    /// The entry that is meant.
    Pointer,
    /// The line that is being executed, seen from its right.
    PointerBack,
    /// A stretch of an axis or a timeline that is past or accepted.
    Bar,
    /// A stretch that is still to come.
    Dash,
    /// A point of a list.
    Bullet,
    /// A full cell, of a progress bar.
    Full,
    /// An empty cell, of a progress bar.
    Shade,
}

impl Theme {
    /// The spelling of a mark: one column wide, except the two verdicts in ASCII (`ok`, `no`).
    pub fn symbol(self, mark: Mark) -> &'static str {
        let (unicode, ascii) = match mark {
            Mark::Iterate => ("o", "o"),
            Mark::Here => ("◆", "@"),
            Mark::Start => ("S", "S"),
            Mark::Guess => ("?", "?"),
            Mark::Minimum => ("*", "*"),
            Mark::Saddle => ("+", "+"),
            Mark::Trial => ("×", "x"),
            Mark::LookAhead => ("◇", "%"),
            Mark::Yes => ("✓", "ok"),
            Mark::No => ("✗", "no"),
            Mark::Arrow(right, up) => arrow(right, up),
            Mark::Pointer => ("▶", ">"),
            Mark::PointerBack => ("◀", "<"),
            Mark::Bar => ("━", "="),
            Mark::Dash => ("┄", "-"),
            Mark::Bullet => ("•", "*"),
            Mark::Full => ("█", "#"),
            Mark::Shade => ("░", "."),
        };
        if self.glyphs == Glyphs::Ascii { ascii } else { unicode }
    }

    /// Spells a text for this viewer: in the letters of the notation, and for this terminal. In ASCII nothing but ASCII
    /// comes back, and mostly longer: measure afterwards.
    pub fn text(self, text: &str) -> Cow<'_, str> {
        if text.is_ascii() {
            return Cow::Borrowed(text);
        }
        let written = self.notation.write(text);
        if self.glyphs == Glyphs::Braille { written } else { Cow::Owned(ascii(&written)) }
    }

    /// The same theme in the letters of the lectures, for what says which letters others write.
    #[must_use]
    pub fn as_printed(self) -> Self {
        Self { notation: Notation::Lmu, ..self }
    }
}

fn arrow(right: i8, up: i8) -> (&'static str, &'static str) {
    match (right.signum(), up.signum()) {
        (1, 0) => ("→", ">"),
        (-1, 0) => ("←", "<"),
        (0, 1) => ("↑", "^"),
        (0, -1) => ("↓", "v"),
        (1, 1) => ("↗", "/"),
        (-1, -1) => ("↙", "/"),
        (-1, 1) => ("↖", "\\"),
        (1, -1) => ("↘", "\\"),
        _ => ("·", "."),
    }
}

/// What was written last, as far as it matters for what comes next.
#[derive(Clone, Copy, PartialEq)]
enum Last {
    Other,
    /// A letter or a digit.
    Plain,
    /// The name of a Greek letter: a letter that follows needs a space.
    Name,
    Raised,
    Lowered,
}

fn ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut last = Last::Other;
    for symbol in text.chars() {
        let word = last != Last::Other;
        if symbol.is_ascii() {
            let letter = symbol.is_ascii_alphabetic();
            if matches!(last, Last::Name | Last::Raised | Last::Lowered) && letter {
                out.push(' ');
            }
            out.push(symbol);
            last = if letter || symbol.is_ascii_digit() { Last::Plain } else { Last::Other };
        } else if let Some(name) = greek(symbol) {
            out.push_str(if word { " " } else { "" });
            out.push_str(name);
            last = Last::Name;
        } else if let Some(raised) = one_to_one(symbol, RAISED) {
            out.push_str(if last == Last::Raised { "" } else { "^" });
            out.push(raised);
            last = Last::Raised;
        } else if let Some(lowered) = one_to_one(symbol, LOWERED) {
            out.push_str(if lowered.is_ascii_digit() || last == Last::Lowered { "" } else { "_" });
            out.push(lowered);
            last = Last::Lowered;
        } else if let Some(letter) = one_to_one(symbol, ACCENTED) {
            out.push(letter);
            last = Last::Plain;
        } else if let Some(accent) = accent(symbol) {
            out.push_str(accent);
            last = Last::Lowered;
        } else {
            let spelled = spelled(symbol);
            let name = spelled.len() > 1 && spelled.starts_with(|letter: char| letter.is_ascii_alphabetic());
            out.push_str(if name && word { " " } else { "" });
            out.push_str(spelled);
            last = if name { Last::Name } else { Last::Other };
        }
    }
    out
}

/// What an accent makes of the symbol before it, where that is another symbol: m̂ is not m.
fn accent(symbol: char) -> Option<&'static str> {
    match symbol {
        '\u{302}' => Some("_hat"),
        '\u{304}' | '\u{305}' => Some("_bar"),
        '\u{303}' => Some("_tilde"),
        _ => None,
    }
}

/// The spelling of all that is neither a letter nor an index; accents that stand alone are left out.
fn spelled(symbol: char) -> &'static str {
    let accent = ('\u{300}'..='\u{36f}').contains(&symbol);
    let known = SPELLED.iter().find(|(symbols, _)| symbols.contains(symbol)).map(|(_, spelling)| *spelling);
    let vulgar = || VULGAR.split(' ').find_map(|fraction| fraction.strip_prefix(symbol));
    if accent { "" } else { known.or_else(vulgar).unwrap_or("?") }
}

fn greek(symbol: char) -> Option<&'static str> {
    let symbol = match symbol {
        'ϕ' => 'φ',
        'ϵ' => 'ε',
        'ϑ' => 'θ',
        'ϱ' => 'ρ',
        'ϖ' => 'π',
        'µ' => 'μ',
        '∆' => 'Δ',
        'Ω' => 'Ω',
        other => other,
    };
    let lower = (symbol as usize).checked_sub('α' as usize).and_then(|index| GREEK.get(index));
    let upper = (symbol as usize).checked_sub('Α' as usize).and_then(|index| GREEK_CAPITALS.get(index));
    lower.or(upper).copied().filter(|name| !name.is_empty())
}

/// Pairs in a row, Unicode first: `²2³3`.
fn one_to_one(symbol: char, pairs: &str) -> Option<char> {
    let mut letters = pairs.chars();
    while let (Some(from), Some(to)) = (letters.next(), letters.next()) {
        if from == symbol {
            return Some(to);
        }
    }
    None
}

/// From α on, in the order of Unicode.
const GREEK: [&str; 25] = [
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi",
    "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
];
/// From Α on, in the order of Unicode, which leaves one place empty.
const GREEK_CAPITALS: [&str; 25] = [
    "Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Eta", "Theta", "Iota", "Kappa", "Lambda", "Mu", "Nu", "Xi",
    "Omicron", "Pi", "Rho", "", "Sigma", "Tau", "Upsilon", "Phi", "Chi", "Psi", "Omega",
];
const RAISED: &str = "⁰0¹1²2³3⁴4⁵5⁶6⁷7⁸8⁹9⁺+⁻-⁼=⁽(⁾)ⁿnⁱiᵀTᵗtᵏkʲjᵐmᵈdᵃaᵇbᶜcᵉeᶠfᵍgʰhˡlᵒoᵖpʳrˢsᵘuᵛvʷwˣxʸyᶻz⊤T";
const LOWERED: &str = "₀0₁1₂2₃3₄4₅5₆6₇7₈8₉9₊+₋-₌=₍(₎)ₐaₑeₒoₓxₕhₖkₗlₘmₙnₚpₛsₜtᵢiⱼjᵣrᵤuᵥv";
const ACCENTED: &str = "àaáaâaãaäaåaçcèeéeêeëeìiíiîiïiñnòoóoôoõoöoøoùuúuûuüuýyÿyÀAÁAÂAÃAÄAÅAÇCÈEÉEÊEËEÌIÍIÎIÏIÑNÒOÓO\
    ÔOÕOÖOØOÙUÚUÛUÜUÝYāaăaąaćcčcďdēeęeěeğgīiıiłlńnňnōoőořrśsşsšsťtūuůuűuźzżzžzĀAĆCČCĎDĒEĘEĚEĞGŁLŃNŇNŌOŐOŘRŚSŠSŤTŪUŮUŰU\
    ŹZŻZŽZℓlℝRℕNℤZℚQℂC𝔼EℒL";
const VULGAR: &str = "½1/2 ⅓1/3 ⅔2/3 ¼1/4 ¾3/4 ⅕1/5 ⅖2/5 ⅗3/5 ⅘4/5 ⅙1/6 ⅚5/6 ⅛1/8 ⅜3/8 ⅝5/8 ⅞7/8 ⅒1/10";
const SPELLED: &[(&str, &str)] = &[
    ("∇", "grad"),
    ("∂", "d"),
    ("‖∣│┃┆┊║╎", "|"),
    ("∥", "||"),
    ("≤⩽≦⪯", "<="),
    ("≥⩾≧⪰", ">="),
    ("≪", "<<"),
    ("≫", ">>"),
    ("≺", "<"),
    ("≻", ">"),
    ("≠", "!="),
    ("≡", "=="),
    ("≔", ":="),
    ("≈≃≅∼∝", "~"),
    ("−–‐‑‒─━┄┈╌═¯‾⎯﹣－", "-"),
    ("—―", "--"),
    ("±", "+-"),
    ("∓", "-+"),
    ("·⋅∗•∙★☆⁎", "*"),
    ("×✕✖", "x"),
    ("÷∕⁄↗↙╱", "/"),
    ("↖↘∖╲", "\\"),
    ("∘○●◦◯°", "o"),
    ("＋", "+"),
    ("√", "sqrt"),
    ("∞", "inf"),
    ("∑", "sum"),
    ("∏", "prod"),
    ("∫", "int"),
    ("∈", "in"),
    ("∉", "not in"),
    ("∀", "for all"),
    ("∃", "there is"),
    ("∧", "and"),
    ("∨", "or"),
    ("¬", "not"),
    ("∩", "cap"),
    ("∪", "cup"),
    ("⊂⊆", "subset of"),
    ("∅", "{}"),
    ("⊥", "perp"),
    ("⟨〈⌈⌊", "<"),
    ("⟩〉⌉⌋", ">"),
    ("½", "1/2"),
    ("¼", "1/4"),
    ("¾", "3/4"),
    ("⅓", "1/3"),
    ("→⟶", "->"),
    ("←⟵", "<-"),
    ("↔⟷", "<->"),
    ("↦", "|->"),
    ("⇒⟹", "=>"),
    ("⇐", "<="),
    ("⇔⟺", "<=>"),
    ("↑▲△", "^"),
    ("↓▼▽", "v"),
    ("▶▷►›❯", ">"),
    ("◀◁◄‹❮", "<"),
    ("↵⏎", "Enter"),
    ("⇥", "Tab"),
    ("⌫", "Backspace"),
    ("…⋯", "..."),
    ("⋮", ":"),
    ("✓✔☑", "ok"),
    ("✗✘☒", "no"),
    ("◆◇◈", "@"),
    ("■□▪█▓▇▆▅▄▀▌▐", "#"),
    ("▒▃", "="),
    ("░", "."),
    ("▁▂", "_"),
    ("┌┐└┘├┤┬┴┼╭╮╰╯╔╗╚╝╞╡╪┏┓┗┛┣┫", "+"),
    ("‘’‚‛′ʹ", "'"),
    ("“”„‟″«»", "\""),
    ("‴", "'''"),
    ("\u{a0}\u{2002}\u{2003}\u{2007}\u{2009}\u{200a}\u{202f}\u{2800}", " "),
    ("\u{ad}\u{200b}\u{200c}\u{200d}\u{2060}\u{fe0e}\u{fe0f}\u{feff}", ""),
    ("ß", "ss"),
    ("æ", "ae"),
    ("œ", "oe"),
    ("§", "section"),
    ("©", "(c)"),
    ("€", "EUR"),
    ("⚠", "!"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::look::appearance::{Depth, Ground};

    const PLAIN: Theme = Theme {
        glyphs: Glyphs::Ascii,
        depth: Depth::None,
        ground: Ground::Dark,
        notation: crate::app::look::notation::Notation::Lmu,
    };
    const RICH: Theme = Theme { glyphs: Glyphs::Braille, ..PLAIN };

    #[test]
    fn formulas_are_spelled_as_one_would_type_them() {
        for (unicode, ascii) in [
            ("f(x + αd) ≤ f(x) + γ₁αgᵀd", "f(x + alpha d) <= f(x) + gamma1 alpha g^T d"),
            ("10x₁² + x₂²/2", "10x1^2 + x2^2/2"),
            ("‖∇f‖ → 0, ∇²f ⪰ 0", "|grad f| -> 0, grad^2 f >= 0"),
            ("α_init = 0.5, τ = ½", "alpha_init = 0.5, tau = 1/2"),
            ("xₖ₊₁ = xₖ − H⁻¹g", "x_k+1 = x_k - H^-1 g"),
            ("−3…3", "-3...3"),
            ("2λκφ′ × 10⁻³ · ✓ ✗", "2 lambda kappa phi' x 10^-3 * ok no"),
            ("“Lévy’s” Hölder — n–D", "\"Levy's\" Holder -- n-D"),
            ("λ₁ ≥ λ₂ ≠ ±∞ ∈ ℝⁿ", "lambda1 >= lambda2 != +-inf in R^n"),
            ("◆┄┄←↑", "@--<-^"),
            ("x̂ 漢", "x_hat ?"),
            ("d = −m̂/(√v̂ + ε)", "d = -m_hat/(sqrt v_hat + epsilon)"),
        ] {
            assert_eq!(PLAIN.text(unicode), ascii);
            assert_eq!(RICH.text(unicode), unicode);
        }
    }

    #[test]
    fn every_character_comes_back_as_ascii() {
        for symbol in (0..0x1_1000u32).filter_map(char::from_u32) {
            assert!(PLAIN.text(&format!("a{symbol}b")).is_ascii(), "{symbol:?}");
        }
        for symbol in ('α'..='ω').chain('Α'..='Ρ').chain('Σ'..='Ω') {
            assert!(greek(symbol).is_some(), "{symbol}");
        }
        assert!("ϕϵµ∆".chars().all(|symbol| greek(symbol).is_some()));
        let unknown: String = RAISED.chars().chain(LOWERED.chars()).chain(ACCENTED.chars()).collect();
        assert!(!PLAIN.text(&unknown).contains('?'));
    }

    #[test]
    fn marks_are_told_apart_in_both_glyph_sets() {
        use Mark::{Here, Iterate, Minimum, Saddle, Start, Trial};
        for theme in [PLAIN, RICH] {
            let symbols = [Iterate, Here, Start, Minimum, Saddle, Trial].map(|mark| theme.symbol(mark));
            let different: std::collections::BTreeSet<_> = symbols.iter().collect();
            assert_eq!(different.len(), symbols.len());
        }
        assert_eq!(PLAIN.symbol(Mark::Arrow(0, 1)), "^");
        assert_eq!(RICH.symbol(Mark::Arrow(-5, 3)), "↖");
    }
}
