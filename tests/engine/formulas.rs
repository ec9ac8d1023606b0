//! Formulas as authors write them: everything sensible reads, everything else gets a sentence, nothing breaks the program.

#![expect(clippy::unwrap_used, clippy::panic, reason = "in a test, a panic is the verdict")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use downhill::lesson::made::sandbox;
use downhill::objective::catalog::LANDSCAPES;
use downhill::objective::formula::Formula;
use downhill::objective::formula::mistake::ParseError;
use downhill::objective::formula::names::Names;
use downhill::objective::formula::parse::parser::DEEPEST;
use downhill::objective::formula::parse::{LONGEST, parse};
use downhill::objective::function::Objective;
use downhill::objective::point::Point;
use downhill::view::paper::typeset;

fn read(text: &str, dimension: usize) -> Result<Formula, ParseError> {
    Formula::parse(text, dimension, &BTreeMap::new())
}

/// The formulas of the reference cases that were made with other programs.
#[test]
fn reference_formulas_read() {
    for text in [
        "(1-x1)^2 + 100*(x2-x1^2)^2",
        "(1.5-x1+x1*x2)^2 + (2.25-x1+x1*x2^2)^2 + (2.625-x1+x1*x2^3)^2",
        "(x1 + x2)^2",
        "(x1*exp(x2*0.0) - 2.0)^2 + (x1*exp(x2*0.5) - 1.3)^2 + (x1*exp(x2*1.0) - 0.85)^2 + (x1*exp(x2*1.5) - 0.5)^2 \
         + (x1*exp(x2*2.0) - 0.35)^2 + (x1*exp(x2*2.5) - 0.2)^2",
        "(x1^2+x2-11)^2 + (x1+x2^2-7)^2",
        "-sin(x1)*exp((x2-pi/2)^2)/(2*pi)",
        "-sin(x1)*exp(-(x2-pi/2)^2/(2*0.8^2))/(0.8*sqrt(2*pi))",
        "0.1*x1^6 - 1.5*x1^4 + 5*x1^2 + 0.1*x2^4 + 3*x2^2 - 9*x2 + 0.5*x1*x2",
        "0.5*min(abs(x1),0.05)^2 + 0.05*(abs(x1)-min(abs(x1),0.05))",
        "10*x1^2 + x2^2/2",
        "20 + x1^2 - 10*cos(2*pi*x1) + x2^2 - 10*cos(2*pi*x2)",
        "x1^2 - x2^2",
        "x1^3 - 3*x1*x2^2",
        "x1^4 + x2^4",
    ] {
        let objective = read(text, 2).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert!(objective.value(&Point::from_vec(vec![0.5, -0.5])).is_finite());
        assert_eq!(objective.text(), text);
    }
    let expfit = read("(x1*exp(x2*0.0) - 2.0)^2 + (x1*exp(x2*0.5) - 1.3)^2", 2).unwrap();
    assert!(expfit.residuals(&Point::from_vec(vec![1.0, 0.0])).is_some());
}

/// Runs on a thread with the 2 MiB stack that Rust gives every thread but the first.
fn on_a_small_stack(work: fn()) {
    std::thread::Builder::new().stack_size(2 << 20).spawn(work).unwrap().join().unwrap();
}

/// Value, gradient and Hessian in every size: fixed numbers of four dimensions are the largest on the stack.
fn differentiate(text: &str) {
    for dimension in [1, 2, 4, 7] {
        let objective = read(text, dimension).unwrap_or_else(|error| panic!("{error}: {text:.40}"));
        let at = Point::from_element(dimension, 0.9);
        let _ = (objective.value(&at), objective.gradient(&at), objective.hessian(&at), objective.has_kink_at(&at));
        let _ = (objective.residuals(&at), objective.is_quadratic(), objective.clone());
    }
}

#[test]
fn the_deepest_formulas_fit_a_small_stack() {
    on_a_small_stack(|| {
        let nest = |open: &str, depth: usize, close: &str| format!("{}x1{}", open.repeat(depth), close.repeat(depth));
        for (open, close) in [
            ("(", ")"),
            ("sin(", ")"),
            ("1+2*-(", ")^2"),
            ("1+2/-(", ")^0.5"),
            ("1+2*-max(x1,", ")^2.5"),
            ("1+2*-sin(", ")^2"),
            ("1+2/-if(x1<2,", ",3)^2.5"),
            ("if(x1<", ",x1,2)"),
            ("if(1<x1,1,", ")"),
            ("x1^-", ""),
            ("x1^(1+2*-", ")"),
        ] {
            let levels = if open == "x1^(1+2*-" { DEEPEST / 2 } else { DEEPEST };
            differentiate(&nest(open, levels, close));
            let error = read(&nest(open, DEEPEST + 1, close), 1).unwrap_err();
            assert!(error.to_string().contains("nested more than 128"), "{error}");
        }
        for open in ["(", "sin(", "-(", "2^", "2^-", "if(", "max(1,", "1+(", "-", "+", "- -"] {
            let _ = read(&open.repeat(LONGEST / open.len()), 2).unwrap_err();
        }
    });
}

#[test]
fn long_formulas_fit_a_small_stack() {
    on_a_small_stack(|| {
        for joint in ["+", "-", "*", "/"] {
            differentiate(&vec!["x1"; 1000].join(joint));
        }
        differentiate(&format!("{}x1", "-".repeat(LONGEST - 2)));
        differentiate(&format!("max({})", vec!["x1"; 1000].join(",")));
    });
    let sum = read(&vec!["x1"; 1000].join("+"), 1).unwrap();
    let at = Point::from_vec(vec![3.0]);
    assert_eq!((sum.value(&at), sum.gradient(&at)[0], sum.hessian(&at)[(0, 0)]), (3000.0, 1000.0, 0.0));
}

/// Uniform below `count`, from a linear congruential generator.
fn roll(state: &mut u64, count: usize) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as usize % count
}

#[test]
fn no_text_breaks_the_reader() {
    const PIECES: [&str; 80] = [
        "x1", "x2", "x3", "x", "y", "t", "2", "1.5", "1e-3", "1e999", "1.2.3", ".", "+", "-", "*", "/", "^", "(", ")",
        ",", "<", "<=", ">", ">=", "==", "=", "**", " ", "sin(", "max(", "if(", "sin", "min", "log", "pi", "e", "zz",
        "x₁", "²", "·", "−", "π", "\u{fe0f}", "🦀", "\n", "_", "|", "kappa", "and", "or", "not", "!=", "||", "&&", "?",
        ":", "%", "½", "₂", "⁻¹", "√", "[", "]", "{", "}", "x[0]", "\\frac{", "\\sin", "\\", "pow(", "log(", "xy",
        "θ₁", ";", "0,5", "sec(", "!", "f = ", "np.", "atan2(",
    ];
    let constants = BTreeMap::from([("kappa".to_owned(), 36.0)]);
    let state = &mut 11;
    let mut read = 0;
    for round in 0..20_000 {
        let length = 1 + roll(state, 24);
        let text: String = if round % 4 == 0 {
            let bytes: Vec<u8> = (0..length).map(|_| roll(state, 256) as u8).collect();
            String::from_utf8_lossy(&bytes).into_owned()
        } else {
            (0..=length / 2).map(|_| PIECES[roll(state, PIECES.len())]).collect()
        };
        for names in [Names::coordinates(2, &constants), Names::schedule(&constants)] {
            match parse(&text, &names) {
                Ok(expression) => {
                    let _: f64 = expression.evaluate(&[0.5, -0.5]);
                    read += 1;
                }
                Err(error) => {
                    assert!(!error.faults.is_empty() && error.faults.is_sorted_by_key(|fault| fault.span.start));
                    for fault in &error.faults {
                        assert!(text.get(fault.span.clone()).is_some(), "{text:?}: {fault:?}");
                        assert!(!fault.problem.to_string().is_empty());
                    }
                    if let Some(corrected) = &error.corrected {
                        assert!(parse(corrected, &names).is_ok(), "{text:?}: {corrected:?}");
                    }
                }
            }
        }
    }
    assert!(read > 200, "only {read} of the texts were formulas");
}

/// A formula as the sandbox reads it; behind `t:` as a schedule. Its value at x1 = 0.7, x2 = 1.3, x3 = 0.4, t = 3.
fn typed(text: &str) -> Result<f64, ParseError> {
    const AT: [f64; 3] = [0.7, 1.3, 0.4];
    let none = BTreeMap::new();
    if let Some(schedule) = text.strip_prefix("t: ") {
        return parse(schedule, &Names::schedule(&none)).map(|tree| tree.evaluate(&[3.0]));
    }
    sandbox::formula(text).map(|formula| formula.value(&Point::from_column_slice(&AT[..formula.dimension()])))
}

#[test]
fn formulas_as_people_type_them_mean_what_they_should() {
    let table = include_str!("../formulas/read.tsv");
    let mut count = 0;
    for line in table.lines().filter(|line| !line.starts_with("# ") && !line.is_empty()) {
        let [text, means, value] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let wanted: f64 = value.parse().unwrap();
        let found = typed(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let schedule = if text.starts_with("t: ") { "t: " } else { "" };
        let same = typed(&format!("{schedule}{means}")).unwrap_or_else(|error| panic!("{means}: {error}"));
        for number in [found, same] {
            assert!(
                (number - wanted).abs() <= 4e-15 * wanted.abs().max(1.0),
                "{text} ({means}): {number}, not {wanted}"
            );
        }
        count += 1;
    }
    assert!(count >= 220, "{count}");
}

/// Every other formula: all that is wrong, marked, and the formula to write, which reads.
#[test]
fn every_other_formula_is_answered() {
    let path = "tests/formulas/answered.txt";
    let table = include_str!("../formulas/answered.txt");
    let (head, blocks) = table.split_once("\n\n").unwrap();
    let mut written = head.to_owned();
    let mut count = 0;
    for block in blocks.split("\n\n") {
        let text = block.lines().next().unwrap().strip_prefix("> ").unwrap();
        let error = typed(text).err().unwrap_or_else(|| panic!("{text} reads"));
        write!(written, "\n\n> {text}").unwrap();
        for fault in &error.faults {
            let marked = text.strip_prefix("t: ").unwrap_or(text).get(fault.span.clone()).unwrap();
            write!(written, "\n{marked} | {}", fault.problem).unwrap();
            let words = fault.problem.to_string().split('`').step_by(2).collect::<String>();
            assert!(words.split_whitespace().count() <= 22, "{text}: too long: {}", fault.problem);
        }
        if let Some(corrected) = &error.corrected {
            let schedule = if text.starts_with("t: ") { "t: " } else { "" };
            assert!(typed(&format!("{schedule}{corrected}")).is_ok(), "{text}: {corrected}");
            write!(written, "\n= {corrected}").unwrap();
        }
        count += 1;
    }
    written.push('\n');
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &written).unwrap();
    } else {
        assert_eq!(written, table, "UPDATE=1 cargo test --test engine formulas writes {path} anew");
    }
    assert!(count >= 200, "{count}");
}

/// What the program prints of a formula reads back as the same: the title of a map, with `f =` and without.
#[test]
fn formulas_as_they_are_printed_read_back() {
    let mut texts: Vec<String> = LANDSCAPES.iter().map(|landscape| landscape.formula.to_owned()).collect();
    let table = include_str!("../formulas/read.tsv").lines().filter(|line| !line.starts_with("# "));
    texts.extend(table.filter_map(|line| Some(line.split('\t').nth(1)?.replace('t', "x").replace("sqrx", "sqrt"))));
    let state = &mut 5;
    texts.extend((0..3000).map(|round| printed(state, round % 4)));
    let mut count = 0;
    for text in texts {
        let Ok(wanted) = typed(&text) else { continue };
        let set = typeset::set(&text);
        for printed in [set.clone(), format!("f = {set}")] {
            let found = typed(&printed).unwrap_or_else(|error| panic!("{text}, printed {printed}: {error}"));
            let same = found == wanted || found.is_nan() && wanted.is_nan();
            assert!(
                same || (found - wanted).abs() <= 1e-12 * wanted.abs(),
                "{text}, printed {printed}: {found}, not {wanted}"
            );
        }
        count += 1;
    }
    assert!(count > 3000, "{count}");
}

/// A random formula in plain signs, with every neighbour that a product can have.
fn printed(state: &mut u64, depth: usize) -> String {
    const LEAVES: [&str; 12] = ["x1", "x2", "2", "10", "1e-3", "0.5", "e", "pi", "x", "y", "3E2", "x1^2"];
    if depth == 0 {
        return LEAVES[roll(state, LEAVES.len())].to_owned();
    }
    let (a, b) = (printed(state, depth - 1), printed(state, depth - 1));
    match roll(state, 12) {
        0 => format!("{a} + {b}"),
        1 => format!("{a}-{b}"),
        2..=4 => format!("{a}*{b}"),
        5 => format!("{a}/{b}"),
        6 => format!("{a} / {b}"),
        7 => format!("({a})^{b}"),
        8 => format!("({a})*exp({b})"),
        9 => format!("-{a}"),
        10 => format!("x1^-2*{b}"),
        _ => format!("{a}*({b})"),
    }
}

/// Where there is little room, the first fault is told, the number of the others, and the formula to write.
#[test]
fn a_brief_answer_has_the_formula_to_write() {
    let brief = |text: &str| typed(text).unwrap_err().brief();
    assert_eq!(brief("xy"), "`xy` is not known here: write x*y; in full: x*y");
    assert_eq!(brief("xy + 0,5 : 2"), "`xy` is not known here: write x*y; 2 more faults; in full: x*y + 0.5 / 2");
    assert_eq!(
        brief("log(x) + 1$"),
        "`log` is not known here: write ln for the natural logarithm or log10 for base 10; 1 more fault"
    );
}

/// However many faults a formula has: what is said stays short, and nothing grows faster than the formula.
#[test]
fn a_thousand_faults_are_told_in_few_words() {
    for piece in [
        "1/2x+",
        "θ+",
        "qwertz*",
        "x1x2+",
        "log(x)+",
        "x[0]-",
        "a:b+",
        "0,5+",
        "sin x+",
        "pow(x,2)+",
        "\\frac{1}{2}+",
        "§",
        "{x}+",
        "((",
        "x^2y+",
        "x<1?2:3+",
        "|x|y|",
        "(x<1)+",
        "1.2.3+",
        "foo(1,2)+",
        "max(x,0,5)+",
        "x1x2x3x4+",
    ] {
        let text = format!("{}1", piece.repeat((LONGEST - 6) / piece.len()));
        let error = typed(&text).unwrap_err();
        let said: usize = error.faults.iter().map(|fault| fault.problem.to_string().len()).sum();
        assert!(said <= 200 * LONGEST, "{piece}: {said}");
        assert!(error.corrected.as_ref().is_none_or(|corrected| corrected.len() <= LONGEST), "{piece}");
        let whole = error.to_string().len();
        assert!(whole <= 2000 + LONGEST, "{piece}: {whole}");
        assert!(error.told().0.len() <= 8 && error.told().1 + error.told().0.len() == error.faults.len());
    }
}
