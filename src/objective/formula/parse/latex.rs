//! What the commands of LaTeX mean, so that a formula out of a paper can be answered with the one to write.

/// A command and what to write for it.
pub struct LatexCommand {
    /// How many bytes it is long.
    pub length: usize,
    /// What to write.
    pub instead: Instead,
}

/// What to write for a command.
pub enum Instead {
    /// The command is deleted.
    Nothing,
    /// Its letters without the backslash, as in `\sin`.
    Letters,
    /// `cbrt` for `\sqrt[3]`.
    CubeRoot,
    /// An operator.
    Sign(&'static str),
    /// The command is deleted with its braces; `length` covers the opening one.
    Group,
    /// `\frac{` opens with these signs; a simple numerator needs no parentheses.
    Fraction {
        /// The parentheses to open.
        signs: Vec<&'static str>,
        /// Whether the numerator is a single number or name.
        is_simple: bool,
    },
    /// No correction is known; the sentence of the complaint.
    Author(&'static str),
    /// The whole formula is in another notation; the sentence of the complaint.
    Notation(&'static str),
}

/// The command at the start of `rest`, which begins with a backslash.
pub fn command(rest: &str) -> LatexCommand {
    let letters = rest[1..].find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len() - 1);
    if letters == 0 {
        let next = rest[1..].chars().next();
        let length = 1 + next.map_or(0, char::len_utf8);
        let instead = match next {
            Some(',' | ';' | ':' | '!' | '(' | ')' | '[' | ']' | '$') => Instead::Nothing,
            Some('{') => Instead::Sign("("),
            Some('}') => Instead::Sign(")"),
            Some('|') => Instead::Author(": write a norm as sqrt(x1^2 + x2^2)"),
            _ => return LatexCommand { length: 1, instead: Instead::Author(PLAIN) },
        };
        return LatexCommand { length, instead };
    }
    let mut length = 1 + letters;
    let brace = rest[length..].find('{').filter(|gap| rest[length..length + gap].trim().is_empty());
    let instead = match &rest[1..length] {
        "frac" | "dfrac" | "tfrac" | "cfrac" => match brace {
            Some(gap) => {
                length += gap + 1;
                let is_simple = is_simple(&rest[length..]);
                Instead::Fraction { signs: if is_simple { vec!["("] } else { vec!["(", "("] }, is_simple }
            }
            None => Instead::Author(": write a fraction as (a)/(b)"),
        },
        "mathrm" | "operatorname" | "text" | "mathbf" | "boldsymbol" | "mathit" | "mbox" | "bm" | "vec" | "hat" => {
            length += brace.map_or(0, |gap| gap + 1);
            if brace.is_some() { Instead::Group } else { Instead::Nothing }
        }
        "sqrt" if rest[length..].starts_with("[3]") => {
            length += 3;
            Instead::CubeRoot
        }
        "sqrt" if rest[length..].starts_with('[') => Instead::Author(": write an nth root as (…)^(1/n)"),
        "left" | "right" | "big" | "Big" | "bigl" | "bigr" | "Bigl" | "Bigr" | "bigg" | "Bigg" | "displaystyle"
        | "limits" | "quad" | "qquad" | "nolimits" => Instead::Nothing,
        "cdot" | "times" | "ast" | "star" => Instead::Sign("*"),
        "div" => Instead::Sign("/"),
        "le" | "leq" | "leqslant" => Instead::Sign("<="),
        "ge" | "geq" | "geqslant" => Instead::Sign(">="),
        "ne" | "neq" => Instead::Sign("!="),
        "lt" => Instead::Sign("<"),
        "gt" => Instead::Sign(">"),
        "land" | "wedge" => Instead::Sign("and"),
        "lor" | "vee" => Instead::Sign("or"),
        "lvert" | "rvert" | "vert" | "mid" => Instead::Sign("|"),
        "sum" => Instead::Notation(": write out the sum, as in x1^2 + x2^2"),
        "prod" => Instead::Notation(": write out the product, as in x1*x2"),
        "infty" => Instead::Author(": write a finite number such as 1e308"),
        "begin" | "end" => Instead::Notation(": write cases as if(x1 < 0, -x1, x1^2)"),
        "lVert" | "rVert" | "Vert" | "norm" => Instead::Author(": write a norm as sqrt(x1^2 + x2^2)"),
        "partial" | "nabla" | "int" => Instead::Notation(": derivatives are found by the program; write f alone"),
        "over" | "top" | "pm" => Instead::Author(PLAIN),
        _ => Instead::Letters,
    };
    LatexCommand { length, instead }
}

const PLAIN: &str = ": write plain text, as in sin(x1)^2/2";

/// Whether the group of which `inner` is the rest holds a single number or name.
pub fn is_simple(inner: &str) -> bool {
    inner.split_once('}').is_some_and(|(inner, _)| {
        !inner.is_empty() && inner.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.')
    })
}
