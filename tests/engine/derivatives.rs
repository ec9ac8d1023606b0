//! Derivatives are exact: against published reference values, against finite differences, and at the points where
//! automatic differentiation usually goes wrong.

#![expect(clippy::unwrap_used, clippy::panic, reason = "in a test, a panic is the verdict")]

use std::collections::BTreeMap;

use downhill::objective::catalog::LANDSCAPES;
use downhill::objective::formula::Formula;
use downhill::objective::function::Objective;
use downhill::objective::point::{Matrix, Point, Vector};
use serde_json::Value;

fn formula(text: &str, dimension: usize) -> Formula {
    Formula::parse(text, dimension, &BTreeMap::new()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn point(x: &[f64]) -> Point {
    Point::from_column_slice(x)
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn ascending(hessian: Matrix) -> Vec<f64> {
    let mut eigenvalues = hessian.symmetric_eigen().eigenvalues.as_slice().to_vec();
    eigenvalues.sort_by(f64::total_cmp);
    eigenvalues
}

/// A linear congruential generator (Knuth's MMIX constants): the same numbers on every machine.
struct Dice(u64);

impl Dice {
    /// Uniform in [0, 1).
    fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn within(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.roll()
    }

    fn below(&mut self, count: usize) -> usize {
        (self.roll() * count as f64) as usize
    }
}

#[test]
fn beale_agrees_with_fifty_digit_arithmetic() {
    let case: Value = serde_json::from_str(include_str!("../reference/deriv_beale.json")).unwrap();
    let beale = formula(case["objective"]["expr"].as_str().unwrap(), 2);
    for expected in case["points"].as_array().unwrap() {
        let at = point(&numbers(&expected["x"]));
        let value = expected["f"].as_f64().unwrap();
        assert!((beale.value(&at) - value).abs() <= 1e-12 * value);

        let gradient = point(&numbers(&expected["grad"]));
        assert!((beale.gradient(&at) - &gradient).amax() <= 1e-12 * gradient.amax());

        let rows: Vec<f64> = expected["hess"].as_array().unwrap().iter().flat_map(numbers).collect();
        let hessian = Matrix::from_row_slice(2, 2, &rows);
        assert!((beale.hessian(&at) - &hessian).amax() <= 1e-12 * hessian.amax());
    }
}

/// Every function at ordinary, far and edge points, and formulas whose numbers leave the range of f64 on the way.
#[test]
fn functions_agree_with_mpmath() {
    let table: Value = serde_json::from_str(include_str!("../reference/functions.json")).unwrap();
    let read = |value: &Value| match value.as_str() {
        Some("inf") => INFINITE,
        Some(_) => -INFINITE,
        None => value.as_f64().unwrap(),
    };
    let rows = table["points"].as_array().unwrap();
    assert!(rows.len() > 200);
    for row in rows {
        let (text, x) = (row[0].as_str().unwrap(), row[1].as_f64().unwrap());
        let wanted = [2, 3, 4].map(|column| read(&row[column]));
        let found = jet(text, x);
        // A single function is right to its last digits; a composed formula may cancel.
        let noise = if text.len() >= 11 { 1e-15 } else { 1e-307 };
        for (found, wanted) in found.iter().zip(&wanted) {
            let is_right = found == wanted || (found - wanted).abs() <= 1e-14 * wanted.abs() + noise;
            assert!(is_right, "{text} at {x}: {found:e}, not {wanted:e}");
        }
        let (objective, at) = (formula(text, 1), point(&[x]));
        let (value, gradient) = objective.sample(&at);
        assert_eq!((value.to_bits(), gradient[0].to_bits()), (found[0].to_bits(), found[1].to_bits()), "{text} at {x}");
        let wide = formula(&text.replace('x', "x1").replace("ex1p", "exp").replace("max1", "max"), 6)
            .survey(&Point::from_element(6, x));
        assert_eq!((wide.0.to_bits(), wide.1[0].to_bits()), (found[0].to_bits(), found[1].to_bits()), "{text} at {x}");
    }
}

/// The angle of (x2, x1) in every quadrant and far out, against its closed form.
#[test]
fn angles_are_differentiated_in_every_quadrant() {
    for scale in [1.0, 1e150, 1e-150] {
        for (v, u) in [(0.3, 0.7), (1.0, -1.0), (-2.0, -0.5), (-0.1, 3.0), (1.0, 0.0)] {
            let at = point(&[u * scale, v * scale]);
            let (value, gradient, hessian) = formula("atan2(x2, x1)", 2).survey(&at);
            let square = u * u + v * v;
            let bend = 2.0 * u * v / square / square / scale / scale;
            let mixed = (v * v - u * u) / square / square / scale / scale;
            let close = |found: f64, wanted: f64| {
                (found - wanted).abs() <= 2e-15 * wanted.abs().max(1.0 / square / scale / scale)
            };
            assert!((value - f64::atan2(v, u)).abs() < 1e-15, "({u}, {v})·{scale}");
            assert!(
                (gradient[0] * scale + v / square).abs() < 2e-15 && (gradient[1] * scale - u / square).abs() < 2e-15
            );
            assert!(
                close(hessian[(0, 0)], bend) && close(hessian[(1, 1)], -bend) && close(hessian[(0, 1)], mixed),
                "{hessian}"
            );
        }
    }
}

#[test]
fn critical_points_have_the_known_value_slope_and_curvature() {
    let case: Value = serde_json::from_str(include_str!("../reference/critical_points.json")).unwrap();
    for expected in case["points"].as_array().unwrap() {
        let x = numbers(&expected["x"]);
        let objective = formula(expected["expr"].as_str().unwrap(), x.len());
        let at = point(&x);
        let (value, gradient) = objective.sample(&at);
        let eigenvalues = numbers(&expected["eig_ascending"]);
        let largest = eigenvalues.iter().fold(1.0, |m: f64, v| m.max(v.abs()));
        assert!((value - expected["f"].as_f64().unwrap()).abs() <= 1e-12 * value.abs().max(1.0), "{expected}");
        let slope = if expected["objective"] == "huber" { 0.05 } else { 0.0 }; // its "class" says: not critical
        assert!(
            (gradient.norm() - slope).abs() <= 1e-14 * largest.max(10.0) * at.norm().max(1.0),
            "{expected}: {gradient}"
        );
        for (found, wanted) in ascending(objective.hessian(&at)).iter().zip(&eigenvalues) {
            assert!((found - wanted).abs() <= 1e-8 * largest, "{expected}: {found}");
        }
    }
}

/// Gradient and Hessian against central differences of the level below.
fn assert_consistent(objective: &Formula, at: &Point, what: &str) {
    let n = objective.dimension();
    let (value, gradient) = objective.sample(at);
    let hessian = objective.hessian(at);
    assert_eq!(value.to_bits(), objective.value(at).to_bits(), "{what}: sample and value differ");
    assert_eq!(hessian, hessian.transpose(), "{what}");
    for i in 0..n {
        let h = 1e-5 * at[i].abs().max(1.0);
        let (mut left, mut right) = (at.clone(), at.clone());
        left[i] -= h;
        right[i] += h;
        let (low, low_gradient) = objective.sample(&left);
        let (high, high_gradient) = objective.sample(&right);
        let slope = (high - low) / (2.0 * h);
        let noise = 1e-5 * (1.0 + gradient.amax() + hessian.amax()) + 1e-9 * value.abs();
        assert!((slope - gradient[i]).abs() <= noise, "{what} at {at}: slope {slope}, not {gradient}");
        let curvature: Vector = (high_gradient - low_gradient) / (2.0 * h);
        let noise = 1e-4 * (1.0 + gradient.amax() + hessian.amax());
        assert!((curvature - hessian.column(i)).amax() <= noise, "{what} at {at}: column {i} of {hessian}");
    }
}

#[test]
fn landscapes_agree_with_finite_differences() {
    let mut dice = Dice(1);
    for landscape in LANDSCAPES {
        let objective = landscape.objective().unwrap();
        for _ in 0..25 {
            let x = landscape.window.iter().map(|[low, high]| dice.within(*low, *high));
            let at = Point::from_iterator(landscape.dimension(), x);
            // Within a difference step of Huber's seams, or close to Ackley's cusp, differences measure the kink.
            let near_kink = match landscape.name {
                "huber" => (at[0].abs() - 0.05).abs() < 1e-3,
                "ackley" => at.norm() < 0.1,
                _ => false,
            };
            if !near_kink {
                assert_consistent(&objective, &at, landscape.name);
            }
        }
    }
}

/// A random smooth formula in x1 … x(n), tame enough for finite differences on [0.5, 1.5]ⁿ.
fn random_formula(dice: &mut Dice, n: usize, depth: usize) -> String {
    if depth == 0 {
        return if dice.roll() < 0.7 {
            format!("x{}", 1 + dice.below(n))
        } else {
            format!("{:.2}", dice.within(0.2, 2.0))
        };
    }
    let a = random_formula(dice, n, depth - 1);
    let b = random_formula(dice, n, depth - 1);
    match dice.below(27) {
        0 => format!("{a} + {b}"),
        1 => format!("({a} - {b})"),
        2 => format!("({a})*({b})"),
        3 => format!("({a})/(2 + sin({b}))"),
        4 => format!("sin({a})"),
        5 => format!("cos({a} + {b})"),
        6 => format!("exp(-({a})^2)"),
        7 => format!("ln(1 + ({a})^2)"),
        8 => format!("sqrt(1 + ({a})^2)"),
        9 => format!("tanh({a})"),
        10 => format!("(1 + sin({a})^2)^({b}/4)"),
        11 => format!("(2 + cos({a}))^-2"),
        12 => format!("(1.5 + sin({a}))^2.5"),
        13 => format!("sin({a})^3"),
        14 => format!("-{a}^2"),
        15 => format!("if({a} > {b}, sin({a}), cos({b}))"),
        16 => format!("log10(2 + abs({a}))"),
        17 => format!("max(sin({a}), cos({b}), 0.1*{a})"),
        18 => format!("atan({a})*erf({b})"),
        19 => format!("asin(0.9*sin({a})) + acos(0.9*cos({b}))"),
        20 => format!("sinh(sin({a})) + cosh(cos({b}))"),
        21 => format!("sigmoid({a}) - softplus({b})"),
        22 => format!("log1p(({a})^2) + expm1(-({b})^2)"),
        23 => format!("cbrt(2 + sin({a})) + log2(2 + cos({b}))"),
        24 => format!("atan2(2 + sin({a}), {b})"),
        25 => format!("if({a} > 0 and not {b} > 1 or {a} < -1, asinh({a}), atanh(sin({b})/2))"),
        _ => format!("tan(sin({a})/2)"),
    }
}

#[test]
fn random_formulas_agree_with_finite_differences() {
    let mut dice = Dice(7);
    for round in 0..240 {
        let n = 1 + round % 6; // sizes 5 and 6 are dynamic
        let text = random_formula(&mut dice, n, 1 + round % 3);
        let objective = formula(&text, n);
        let at = Point::from_iterator(n, (0..n).map(|_| dice.within(0.5, 1.5)));
        assert_consistent(&objective, &at, &text);
    }
}

#[test]
fn fixed_and_dynamic_sizes_agree() {
    let text = "exp(x1/3)*sin(x2) + x3^3/(1+x4^2) - x1*x2*x3*x4";
    let (fixed, dynamic) = (formula(text, 4), formula(text, 5));
    let (short, long) = (point(&[0.3, -1.2, 2.0, 0.7]), point(&[0.3, -1.2, 2.0, 0.7, 9.0]));
    assert_eq!(fixed.value(&short).to_bits(), dynamic.value(&long).to_bits());
    assert!((fixed.gradient(&short) - dynamic.gradient(&long).rows(0, 4)).amax() < 1e-15);
    assert!((fixed.hessian(&short) - dynamic.hessian(&long).view((0, 0), (4, 4))).amax() < 1e-14);
    assert_eq!(dynamic.gradient(&long)[4], 0.0);
}

/// f, f′, f″ of a formula in one variable.
fn jet(text: &str, x: f64) -> [f64; 3] {
    let objective = formula(text, 1);
    let at = point(&[x]);
    [objective.value(&at), objective.gradient(&at)[0], objective.hessian(&at)[(0, 0)]]
}

const INFINITE: f64 = f64::INFINITY;

#[test]
fn derivatives_at_zero_are_right_or_honestly_infinite() {
    let table: [(&str, [f64; 3]); 33] = [
        ("abs(x)", [0.0, 0.0, 0.0]),
        ("sign(x)", [0.0, 0.0, 0.0]),
        ("sqrt(x)", [0.0, INFINITE, -INFINITE]),
        ("x^0.5", [0.0, INFINITE, -INFINITE]),
        ("x^1.5", [0.0, 0.0, INFINITE]),
        ("x^2.5", [0.0, 0.0, 0.0]),
        ("x^0", [1.0, 0.0, 0.0]),
        ("x^1", [0.0, 1.0, 0.0]),
        ("x^2", [0.0, 0.0, 2.0]),
        ("x^3", [0.0, 0.0, 0.0]),
        ("x^4", [0.0, 0.0, 0.0]),
        ("x^7", [0.0, 0.0, 0.0]),
        ("x^-1", [INFINITE, -INFINITE, INFINITE]),
        ("x^-2", [INFINITE, -INFINITE, INFINITE]),
        ("ln(x)", [-INFINITE, INFINITE, -INFINITE]),
        ("2^x", [1.0, std::f64::consts::LN_2, std::f64::consts::LN_2 * std::f64::consts::LN_2]),
        ("min(x, 2*x)", [0.0, 1.0, 0.0]),
        ("min(2*x, x)", [0.0, 2.0, 0.0]),
        ("max(x, 2*x, 3)", [3.0, 0.0, 0.0]),
        ("max(x, 2*x)", [0.0, 1.0, 0.0]),
        ("max(-x, x^2)", [0.0, -1.0, 0.0]),
        ("if(x <= 0, 5*x, x^2)", [0.0, 5.0, 0.0]),
        ("if(x < 0, 5*x, x^2)", [0.0, 0.0, 2.0]),
        ("tanh(x)", [0.0, 1.0, 0.0]),
        ("floor(x)", [0.0, 0.0, 0.0]),
        ("asin(x + 1)", [std::f64::consts::FRAC_PI_2, INFINITE, INFINITE]),
        ("acos(x + 1)", [0.0, -INFINITE, -INFINITE]),
        ("acosh(x + 1)", [0.0, INFINITE, -INFINITE]),
        ("atanh(x + 1)", [INFINITE, INFINITE, INFINITE]),
        ("log1p(x - 1)", [-INFINITE, INFINITE, -INFINITE]),
        ("log2(x)", [-INFINITE, INFINITE, -INFINITE]),
        ("sigmoid(x)", [0.5, 0.25, 0.0]),
        ("softplus(x)", [std::f64::consts::LN_2, 0.5, 0.25]),
    ];
    for (text, wanted) in table {
        for zero in [0.0, -0.0] {
            let found = jet(text, zero);
            let close = found.iter().zip(&wanted).all(|(f, w)| f == w || (f - w).abs() < 1e-15);
            // −0 lies on the other side of a pole.
            let other_side_of_the_pole =
                zero.is_sign_negative() && ["x^-1", "x^-2", "ln(x)", "log2(x)"].contains(&text);
            assert!(close || other_side_of_the_pole, "{text} at {zero}: {found:?}, not {wanted:?}");
        }
    }
    let [root, slope, bend] = jet("cbrt(x)", 0.0); // from −∞ on the left to ∞ on the right
    assert!(root == 0.0 && slope == INFINITE && bend.is_nan());
    assert!(jet("1/x", 0.0).iter().all(|v| !v.is_finite()));
}

#[test]
fn whole_powers_of_negative_numbers_are_fine() {
    assert_eq!(jet("x^3", -2.0), [-8.0, 12.0, -12.0]);
    assert_eq!(jet("x^-1", -2.0), [-0.5, -0.25, -0.25]);
    assert_eq!(jet("x^5", -1.0), [-1.0, 5.0, -20.0]);
    assert!(jet("x^0.5", -1.0).iter().all(|v| v.is_nan()));
    assert_eq!(jet("(-2)^x", 2.0)[0], 4.0);
}

#[test]
fn outside_the_domain_everything_is_not_a_number() {
    for text in ["ln(x)", "log10(x)", "sqrt(x)", "x^1.5", "if(ln(x) < 0, x, 2*x)", "min(1, sqrt(x))", "max(sqrt(x), 1)"]
    {
        assert!(jet(text, -1.0)[0].is_nan(), "{text}");
    }
    for text in
        ["ln(x)", "log10(x)", "log2(x)", "log1p(x)", "sqrt(x)", "x^1.5", "asin(x)", "acos(x)", "acosh(x)", "atanh(x)"]
    {
        assert!(jet(text, -1.5).iter().all(|v| v.is_nan()), "{text}");
    }
    for text in ["ln(x)", "log10(x)", "sqrt(x)", "x^1.5"] {
        assert!(jet(text, -1.0).iter().all(|v| v.is_nan()), "{text}");
    }
}

#[test]
fn large_arguments_do_not_overflow_on_the_way() {
    assert_eq!(jet("tanh(x)", 800.0), [1.0, 0.0, 0.0]);
    assert_eq!(jet("tanh(x)", -800.0), [-1.0, 0.0, 0.0]);
    assert_eq!(jet("x^2", 2.0_f64.powi(500)), [2.0_f64.powi(1000), 2.0_f64.powi(501), 2.0]);
}

#[test]
fn kinks_are_known() {
    let kinked = |text: &str, x: f64| formula(text, 1).has_kink_at(&point(&[x]));
    for text in ["abs(x)", "sign(x)", "sqrt(x^2)", "x^1.5", "max(x, -x)", "if(x < 0, x, 2*x)", "1 + exp(abs(x))/2"] {
        assert!(kinked(text, 0.0) && !kinked(text, 0.5), "{text}");
    }
    for text in
        ["cbrt(x)", "floor(2.5*x)", "asin(x+1)", "acos(1-x)", "acosh(1+x)", "atan2(x, -1)", "if(1 > 0 and x < 0, x, 1)"]
    {
        assert!(kinked(text, 0.0) && !kinked(text, 0.5), "{text}");
    }
    assert!(
        !kinked("floor(x)", 1e300) && !kinked("atan2(x, 1)", 0.0) && !kinked("atan(x) + erf(x) + softplus(x)", 0.0)
    );
    for text in ["x^2", "sin(x)", "max(abs(x), 1)", "if(x < 1, x, abs(x))"] {
        assert!(!kinked(text, 0.0), "{text}");
    }
}

#[test]
fn sums_of_squares_have_residuals() {
    let mut dice = Dice(3);
    for (text, count) in [
        ("10*x1^2 + x2^2/2", 2),
        ("(1-x1)^2 + 100*(x2-x1^2)^2", 2),
        ("(1.5-x1+x1*x2)^2 + (2.25-x1+x1*x2^2)^2 + (2.625-x1+x1*x2^3)^2", 3),
        ("0.5*((x1-1)^2 + 3*(x2*x1)^2/4) - -x2^2", 3),
        ("x1^2*2", 1),
    ] {
        let objective = formula(text, 2);
        for _ in 0..10 {
            let at = point(&[dice.within(-2.0, 2.0), dice.within(-2.0, 2.0)]);
            let (residuals, jacobian) = objective.residuals(&at).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((residuals.len(), jacobian.shape()), (count, (count, 2)));
            let (value, gradient) = objective.sample(&at);
            assert!((residuals.norm_squared() - value).abs() <= 1e-13 * value.max(1.0), "{text}");
            let doubled = 2.0 * jacobian.transpose() * residuals;
            assert!((doubled - &gradient).amax() <= 1e-13 * gradient.amax().max(1.0), "{text}");
        }
    }
    for text in
        ["x1^2 - x2^2", "x1^4 + x2^2", "x1^2 + 1", "x1^2*x2^2", "x1^2/x2", "-(x1^2)", "0*x1^2", "x1 + x2", "sin(x1)"]
    {
        assert!(formula(text, 2).residuals(&point(&[1.0, 1.0])).is_none(), "{text}");
    }
}

#[test]
fn quadratics_are_recognised() {
    for text in
        ["10*x1^2 + x2^2/2", "(x1+2*x2-7)^2", "x1*x2 - 3", "4", "-x1", "(x1+x2)*(x1-x2)/(1+2)", "sin(2)*x1^2 + x2^0"]
    {
        assert!(formula(text, 2).is_quadratic(), "{text}");
    }
    for text in
        ["x1^3", "x1*x2^2", "(x1^2)^2", "sin(x1)", "1/x1", "x1^-2", "abs(x1)^2", "x1^1.5", "2^x1", "x1^99999*x2^99999"]
    {
        assert!(!formula(text, 2).is_quadratic(), "{text}");
    }
}

/// A formula, a point, and f, ∇f and (∂₁₁f, ∂₁₂f, ∂₂₂f) there.
type Known = (&'static str, [f64; 2], f64, [f64; 2], [f64; 3]);

/// a^b where a is not positive: along a the slope of a power; along b that of 0^b = 0, or none beside a whole b.
#[test]
fn powers_with_a_varying_exponent_are_differentiated_at_and_below_zero() {
    let nan = f64::NAN;
    let table: [Known; 8] = [
        ("x1^x2", [-2.0, 3.0], -8.0, [12.0, nan], [-12.0, nan, nan]),
        ("x1^x2", [0.0, 2.0], 0.0, [0.0, 0.0], [2.0, 0.0, 0.0]),
        ("x1^x2", [0.0, 3.0], 0.0, [0.0, 0.0], [0.0, 0.0, 0.0]),
        ("x1^x2", [0.0, 1.0], 0.0, [1.0, 0.0], [0.0, -INFINITE, 0.0]),
        ("x1^x2", [0.0, 0.0], 1.0, [0.0, nan], [0.0, nan, nan]),
        ("0^x1 + x2", [2.0, 5.0], 5.0, [0.0, 1.0], [0.0, 0.0, 0.0]),
        ("(-2)^x1 + x2", [2.0, 5.0], 9.0, [nan, 1.0], [nan, 0.0, 0.0]),
        ("x1^(x2^2)", [-2.0, 2.0], 16.0, [-32.0, nan], [48.0, nan, nan]),
    ];
    let same = |found: f64, wanted: f64| found == wanted || found.is_nan() && wanted.is_nan();
    for (text, at, value, slopes, bends) in table {
        for n in [2, 6] {
            let objective = formula(text, n);
            let at = Point::from_fn(n, |i, _| at.get(i).copied().unwrap_or(1.0));
            let (found, gradient) = objective.sample(&at);
            let hessian = objective.hessian(&at);
            assert_eq!(found, value, "{text} at {at}");
            assert!(same(gradient[0], slopes[0]) && same(gradient[1], slopes[1]), "{text} at {at}: {gradient}");
            let curved = [hessian[(0, 0)], hessian[(0, 1)], hessian[(1, 1)]];
            assert!(
                curved.iter().zip(&bends).all(|(found, wanted)| same(*found, *wanted)),
                "{text} at {at}: {hessian}"
            );
            assert!(n == 2 || gradient[5] == 0.0 && hessian[(5, 0)] == 0.0, "{text}: x6 is not in it");
        }
    }
}

/// The pass that finds all three at once finds the same numbers, at every size, also at kinks, poles and far out.
#[test]
fn one_pass_finds_what_two_find() {
    let texts =
        ["(1-x1)^2 + 100*(x2-x1^2)^2", "abs(x1)*x2 + sqrt(x1)", "x1/x2 + exp(x2)", "max(x1, 0)^2.5 + x2^-3", "3"];
    let bits = |numbers: &[f64]| numbers.iter().map(|number| number.to_bits()).collect::<Vec<u64>>();
    for n in 2..=6 {
        for text in texts {
            let objective = formula(&format!("{text} + x1*x{n}"), n);
            for start in [[-1.2, 1.0], [0.0, 0.0], [1e200, -1e-200], [0.3, 0.0]] {
                let at = Point::from_fn(n, |i, _| start[i % 2]);
                let (value, gradient, hessian) = objective.survey(&at);
                let (one_value, one_gradient) = objective.sample(&at);
                assert_eq!(bits(&[value]), bits(&[one_value]), "{text} at {at}");
                assert_eq!(bits(gradient.as_slice()), bits(one_gradient.as_slice()), "{text} at {at}");
                assert_eq!(bits(hessian.as_slice()), bits(objective.hessian(&at).as_slice()), "{text} at {at}");
            }
        }
    }
}
