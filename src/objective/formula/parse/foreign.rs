//! Names that other programs and books use: what to write here, or the sentence that says why there is none.

/// What to write for a name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Foreign {
    /// Another name.
    Name(&'static str),
    /// A call: `#` is an argument as it stands, `@` one in parentheses unless it is a single number or name.
    Call(&'static str),
    /// Nothing that a machine could write; the words that say what to do.
    Author(&'static str),
}

use crate::objective::formula::names::NameUse;

use Foreign::{Author, Call, Name};

const MISSING: &str = "formulas do not have it; write it out with the functions there are";
const LANDSCAPE: &str = "it is a landscape: give its name alone, or write out its formula";
const CALLS: &[(&str, Foreign)] = &[
    ("acosec", Call("asin(1/@)")),
    ("acot", Call("(pi/2 - atan(#))")),
    ("acsc", Call("asin(1/@)")),
    ("asec", Call("acos(1/@)")),
    ("arccos", Name("acos")),
    ("arccosh", Name("acosh")),
    ("arccot", Call("(pi/2 - atan(#))")),
    ("arcosh", Name("acosh")),
    ("arcsin", Name("asin")),
    ("arcsinh", Name("asinh")),
    ("arctan", Name("atan")),
    ("arctan2", Name("atan2")),
    ("arctanh", Name("atanh")),
    ("arctg", Name("atan")),
    ("arsinh", Name("asinh")),
    ("artanh", Name("atanh")),
    ("atg", Name("atan")),
    ("cbrtf", Name("cbrt")),
    ("ceil", Call("(-floor(-@))")),
    ("ceiling", Call("(-floor(-@))")),
    ("ch", Name("cosh")),
    ("cosec", Call("(1/sin(#))")),
    ("cosinus", Name("cos")),
    ("cosf", Name("cos")),
    ("cot", Call("(1/tan(#))")),
    ("cotan", Call("(1/tan(#))")),
    ("coth", Call("(1/tanh(#))")),
    ("csc", Call("(1/sin(#))")),
    ("csch", Call("(1/sinh(#))")),
    ("ctg", Call("(1/tan(#))")),
    ("cube", Call("(@^3)")),
    ("deg2rad", Call("(@*pi/180)")),
    ("erfc", Call("(1 - erf(#))")),
    ("exp10", Call("(10^@)")),
    ("exp2", Call("(2^@)")),
    ("expf", Name("exp")),
    ("expit", Name("sigmoid")),
    ("fabs", Name("abs")),
    ("fmax", Name("max")),
    ("fmin", Name("min")),
    ("heaviside", Call("if(# < 0, 0, 1)")),
    ("hypot", Call("sqrt(@^2 + @^2)")),
    ("ifelse", Name("if")),
    ("iff", Name("if")),
    ("iif", Name("if")),
    ("int", Name("floor")),
    ("ld", Name("log2")),
    ("lb", Name("log2")),
    ("loge", Name("ln")),
    ("logistic", Name("sigmoid")),
    ("log1pexp", Name("softplus")),
    ("maximum", Name("max")),
    ("minimum", Name("min")),
    ("piecewise", Name("if")),
    ("pow", Call("(@^@)")),
    ("power", Call("(@^@)")),
    ("quad", Call("(@^2)")),
    ("relu", Call("max(0, #)")),
    ("root", Name("sqrt")),
    ("round", Call("floor(# + 0.5)")),
    ("sec", Call("(1/cos(#))")),
    ("sech", Call("(1/cosh(#))")),
    ("sgn", Name("sign")),
    ("sh", Name("sinh")),
    ("sigma", Name("sigmoid")),
    ("signum", Name("sign")),
    ("sinc", Call("if(# == 0, 1, sin(#)/@)")),
    ("sinf", Name("sin")),
    ("sinus", Name("sin")),
    ("sq", Call("(@^2)")),
    ("sqrtf", Name("sqrt")),
    ("square", Call("(@^2)")),
    ("tg", Name("tan")),
    ("th", Name("tanh")),
    ("where", Name("if")),
    ("wurzel", Name("sqrt")),
    ("Θ", Call("if(# < 0, 0, 1)")),
    ("σ", Name("sigmoid")),
];
const ANYWHERE: &[(&str, Foreign)] = &[
    ("beta", Author("write a number for a constant; there is no beta function")),
    ("clamp", Author("write min(max(x1, 0), 1) for values between 0 and 1")),
    ("clip", Author("write min(max(x1, 0), 1) for values between 0 and 1")),
    ("dot", Author("write out the product, as in x1*x2")),
    ("else", Author("write if(a < b, p, q)")),
    ("factorial", Author("write the product or its number")),
    ("fmod", Author("write a remainder as x1 - 2*floor(x1/2)")),
    ("gamma", Author("write a number for a constant; there is no gamma function")),
    ("inf", Author("write a finite number such as 1e308")),
    ("infinity", Author("write a finite number such as 1e308")),
    ("infty", Author("write a finite number such as 1e308")),
    ("lambda", Author("write a number for a constant, and the formula alone")),
    ("lg", Author("write log10 for base 10 or log2 for base 2")),
    ("log", Author("write ln for the natural logarithm or log10 for base 10")),
    ("mean", Author("write out the terms, as in (x1 + x2)/2")),
    ("mod", Author("write a remainder as x1 - 2*floor(x1/2)")),
    ("nan", Author("write a number")),
    ("norm", Author("write a norm as sqrt(x1^2 + x2^2)")),
    ("percent", Author("write 5 percent as 0.05")),
    ("prod", Author("write out the product, as in x1*x2")),
    ("product", Author("write out the product, as in x1*x2")),
    ("rand", Author("a formula has no random numbers")),
    ("random", Author("a formula has no random numbers")),
    ("rem", Author("write a remainder as x1 - 2*floor(x1/2)")),
    ("rosen", Author("write rosenbrock alone, or (1-x1)^2 + 100*(x2-x1^2)^2")),
    ("squared", Author("write ^2")),
    ("cubed", Author("write ^3")),
    ("sqr", Author("write sqrt(…) for a root or (…)^2 for a square")),
    ("step", Author("write if(x1 < 0, 0, 1)")),
    ("sum", Author("write out the sum, as in x1^2 + x2^2")),
    ("Σ", Author("write out the sum, as in x1^2 + x2^2")),
    ("Π", Author("write out the product, as in x1*x2")),
    ("then", Author("write if(a < b, p, q)")),
    ("times", Author("write *")),
    ("plus", Author("write +")),
    ("minus", Author("write -")),
    ("over", Author("write /")),
    ("xor", Author("write (a or b) and not (a and b)")),
    ("true", Author("write a condition such as x1 < 0")),
    ("false", Author("write a condition such as x1 < 0")),
    ("ackley", Author(LANDSCAPE)),
    ("beale", Author(LANDSCAPE)),
    ("booth", Author(LANDSCAPE)),
    ("branin", Author(LANDSCAPE)),
    ("himmelblau", Author(LANDSCAPE)),
    ("rastrigin", Author(LANDSCAPE)),
    ("rosenbrock", Author(LANDSCAPE)),
    ("zeta", Author(MISSING)),
    ("besselj", Author(MISSING)),
    ("erfinv", Author(MISSING)),
    ("lgamma", Author(MISSING)),
    ("gammaln", Author(MISSING)),
    ("lambertw", Author(MISSING)),
    ("sinint", Author(MISSING)),
    ("arg", Author(MISSING)),
    ("re", Author(MISSING)),
    ("im", Author(MISSING)),
    ("det", Author(MISSING)),
    ("trace", Author(MISSING)),
];

/// What `name` of elsewhere is here; `used` says whether arguments follow.
pub fn foreign(name: &str, used: NameUse) -> Option<Foreign> {
    // np.sin, Math.pow, torch.exp: the last part is the name.
    let last = name.rsplit_once(['.', ':']).map_or(name, |(_, last)| last);
    let lower = last.to_lowercase();
    let of = |table: &[(&str, Foreign)]| {
        table.iter().find(|(known, _)| *known == last || *known == lower).map(|(_, foreign)| *foreign)
    };
    used.is_called().then(|| of(CALLS)).flatten().or_else(|| of(ANYWHERE))
}

/// The call that `template` makes of `arguments`, each with whether it is a single number or name; `None` unless
/// there are as many as it takes.
pub fn filled(template: &str, arguments: &[(String, bool)]) -> Option<String> {
    // A single argument may stand in several places.
    let places = template.matches(['#', '@']).count();
    if arguments.is_empty() || arguments.len() != places && arguments.len() != 1 {
        return None;
    }
    let mut given = arguments.iter().cycle();
    let mut text = String::new();
    for letter in template.chars() {
        match (letter, ["#", "@"].contains(&letter.to_string().as_str()).then(|| given.next()).flatten()) {
            ('@', Some((argument, false))) => text.extend(["(", argument, ")"]),
            (_, Some((argument, _))) => text.push_str(argument),
            (letter, None) => text.push(letter),
        }
    }
    (arguments.len() == places || is_of_one(template)).then_some(text)
}

/// Whether a template takes one argument, in however many places: those of two put `@` twice.
fn is_of_one(template: &str) -> bool {
    !["(@^@)", "sqrt(@^2 + @^2)"].contains(&template)
}
