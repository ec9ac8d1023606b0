//! The landscapes that have a name, from a plain ravine to a bowl of ripples.

use std::f64::consts::{FRAC_PI_2, SQRT_2};

use crate::objective::landscape::Landscape;

/// The landscape with this kebab-case name; `None` if the catalog has none.
pub fn named(name: &str) -> Option<&'static Landscape> {
    LANDSCAPES.iter().find(|landscape| landscape.name == name)
}

/// Every landscape, the simplest first.
pub static LANDSCAPES: &[Landscape] = &[
    RAVINE,
    BOOTH,
    SADDLE,
    SADDLE_WITH_FLOOR,
    MONKEY_SADDLE,
    HUBER,
    ARMIJO_CUBIC,
    TWO_WELLS,
    ROSENBROCK,
    BEALE,
    HIMMELBLAU,
    BRANIN,
    RASTRIGIN,
    ACKLEY,
    GAUSSIAN_VALLEY,
    GAUSSIAN_VALLEY_AS_PRINTED,
];

/// Default field values of a catalog entry.
const UNKNOWN: Landscape = Landscape {
    name: "",
    title: "",
    formula: "",
    window: &[],
    start: &[],
    minima: &[],
    saddles: &[],
    value: None,
    lipschitz: None,
    strong_convexity: None,
    story: "",
};

const RAVINE: Landscape = Landscape {
    name: "ravine",
    title: "Ravine",
    formula: "10*x1^2 + x2^2/2",
    window: &[[-3.0, 3.0], [-22.0, 22.0]],
    start: &[2.0, 20.0],
    minima: &[&[0.0, 0.0]],
    value: Some(0.0),
    lipschitz: Some(20.0),
    strong_convexity: Some(1.0),
    story: "Twenty times steeper across than along: a step short enough for the walls crawls along the floor.",
    ..UNKNOWN
};

const BOOTH: Landscape = Landscape {
    name: "booth",
    title: "Booth's function",
    formula: "(x1+2*x2-7)^2 + (2*x1+x2-5)^2",
    window: &[[-10.0, 10.0], [-10.0, 10.0]],
    start: &[-6.0, -2.0],
    minima: &[&[1.0, 3.0]],
    value: Some(0.0),
    lipschitz: Some(18.0),
    strong_convexity: Some(2.0),
    story: "A tilted bowl: its long axis lies between the coordinates.",
    ..UNKNOWN
};

const SADDLE: Landscape = Landscape {
    name: "saddle",
    title: "Saddle",
    formula: "x1^2 - x2^2",
    window: &[[-1.5, 1.5], [-1.5, 1.5]],
    start: &[1.0, 0.0],
    saddles: &[&[0.0, 0.0]],
    lipschitz: Some(2.0),
    story: "Flat at the centre and yet no minimum: from x2 = 0 exactly, gradient descent never finds the way down.",
    ..UNKNOWN
};

const SADDLE_WITH_FLOOR: Landscape = Landscape {
    name: "saddle-with-floor",
    title: "Saddle with a floor",
    formula: "x1^2 - x2^2 + x2^4/4",
    window: &[[-2.0, 2.0], [-2.5, 2.5]],
    start: &[1.0, 0.001],
    minima: &[&[0.0, SQRT_2], &[0.0, -SQRT_2]],
    saddles: &[&[0.0, 0.0]],
    value: Some(-1.0),
    story: "The saddle again, but whoever escapes arrives somewhere.",
    ..UNKNOWN
};

const MONKEY_SADDLE: Landscape = Landscape {
    name: "monkey-saddle",
    title: "Monkey saddle",
    formula: "x1^3 - 3*x1*x2^2",
    window: &[[-1.5, 1.5], [-1.5, 1.5]],
    start: &[1.0, 0.0],
    saddles: &[&[0.0, 0.0]],
    story: "Three ways down (two legs and a tail): the Hessian is zero in the middle and tells nothing.",
    ..UNKNOWN
};

const HUBER: Landscape = Landscape {
    name: "huber",
    title: "Huber's loss",
    formula: "if(abs(x1) <= 0.05, x1^2/2, 0.05*(abs(x1)-0.025))",
    window: &[[-1.0, 1.0]],
    start: &[-0.8],
    minima: &[&[0.0]],
    value: Some(0.0),
    lipschitz: Some(1.0),
    story: "A parabola that turns into straight lines: far away the slope says nothing about the distance.",
    ..UNKNOWN
};

const ARMIJO_CUBIC: Landscape = Landscape {
    name: "armijo-cubic",
    title: "The cubic of the Armijo figure",
    formula: "-x1^3 + 6*x1^2 - 9*x1 + 2",
    window: &[[0.0, 4.5]],
    start: &[0.0],
    minima: &[&[1.0]],
    story: "A dip, a hump and then down for ever: enough decrease is found on two separate intervals.",
    ..UNKNOWN
};

const TWO_WELLS: Landscape = Landscape {
    name: "two-wells",
    title: "Two wells",
    formula: "x1^4/4 - x1^2 + 0.3*x1 + x2^2/2",
    window: &[[-2.5, 2.5], [-2.0, 2.0]],
    start: &[0.5, 1.5],
    minima: &[&[-1.483_967_893_197_726_3, 0.0], &[1.332_220_737_191_186_5, 0.0]],
    saddles: &[&[0.151_747_156_006_539_87, 0.0]],
    value: Some(-1.434_973_129_990_337_7),
    story: "The nearer well is the shallower one: which is found depends on the start and on the length of the step.",
    ..UNKNOWN
};

const ROSENBROCK: Landscape = Landscape {
    name: "rosenbrock",
    title: "Rosenbrock's valley",
    formula: "(1-x1)^2 + 100*(x2-x1^2)^2",
    window: &[[-2.0, 2.0], [-1.0, 3.0]],
    start: &[-1.2, 1.0],
    minima: &[&[1.0, 1.0]],
    value: Some(0.0),
    story: "A curved valley: easy to fall into, slow to follow.",
    ..UNKNOWN
};

const BEALE: Landscape = Landscape {
    name: "beale",
    title: "Beale's function",
    formula: "(1.5-x1+x1*x2)^2 + (2.25-x1+x1*x2^2)^2 + (2.625-x1+x1*x2^3)^2",
    window: &[[-4.5, 4.5], [-4.5, 4.5]],
    start: &[1.0, 1.0],
    minima: &[&[3.0, 0.5]],
    saddles: &[&[0.0, 1.0]],
    value: Some(0.0),
    story: "Steep in the corners and nearly flat between: one step length cannot serve both.",
    ..UNKNOWN
};

const HIMMELBLAU: Landscape = Landscape {
    name: "himmelblau",
    title: "Himmelblau's function",
    formula: "(x1^2+x2-11)^2 + (x1+x2^2-7)^2",
    window: &[[-6.0, 6.0], [-6.0, 6.0]],
    start: &[0.0, 0.0],
    minima: &[
        &[3.0, 2.0],
        &[-2.805_118_086_952_745, 3.131_312_518_250_573],
        &[-3.779_310_253_377_747, -3.283_185_991_286_169_6],
        &[3.584_428_340_330_491_7, -1.848_126_526_964_403_6],
    ],
    saddles: &[
        &[-3.073_025_750_764_389_7, -0.081_353_044_287_967_51],
        &[0.086_677_504_555_396_36, 2.884_254_701_174_776],
        &[3.385_154_183_607_021, 0.073_851_879_837_749_28],
        &[-0.127_961_346_730_680_08, -1.953_714_980_244_576_3],
    ],
    value: Some(0.0),
    story: "Four minima, equally deep: the start chooses between them.",
    ..UNKNOWN
};

const BRANIN: Landscape = Landscape {
    name: "branin",
    title: "Branin's function",
    formula: "(15*x2 - 5.1/(4*pi^2)*(15*x1-5)^2 + 5/pi*(15*x1-5) - 6)^2 + 10*(1-1/(8*pi))*cos(15*x1-5) + 10",
    window: &[[0.0, 1.0], [0.0, 1.0]],
    start: &[0.7, 0.95],
    minima: &[
        &[0.123_893_823_094_013_78, 0.818_333_333_333_333_4],
        &[0.542_772_843_572_652_9, 0.151_666_666_666_666_67],
        &[0.961_651_864_051_292, 0.165],
    ],
    saddles: &[&[0.333_333_333_333_333_3, 0.4], &[0.752_212_353_811_972_4, 0.073_333_333_333_333_33]],
    value: Some(0.397_887_357_729_738_3),
    story: "Three minima of equal depth, scaled to the unit square: different starts may share one.",
    ..UNKNOWN
};

const RASTRIGIN: Landscape = Landscape {
    name: "rastrigin",
    title: "Rastrigin's function",
    formula: "20 + x1^2 - 10*cos(2*pi*x1) + x2^2 - 10*cos(2*pi*x2)",
    window: &[[-2.5, 2.5], [-2.5, 2.5]],
    start: &[1.7, -1.2],
    minima: &[
        &[0.0, 0.0],
        &[RASTRIGIN_DIP, 0.0],
        &[-RASTRIGIN_DIP, 0.0],
        &[0.0, RASTRIGIN_DIP],
        &[0.0, -RASTRIGIN_DIP],
        &[RASTRIGIN_DIP, RASTRIGIN_DIP],
        &[RASTRIGIN_DIP, -RASTRIGIN_DIP],
        &[-RASTRIGIN_DIP, RASTRIGIN_DIP],
        &[-RASTRIGIN_DIP, -RASTRIGIN_DIP],
    ],
    saddles: &[&[RASTRIGIN_PASS, 0.0], &[-RASTRIGIN_PASS, 0.0], &[0.0, RASTRIGIN_PASS], &[0.0, -RASTRIGIN_PASS]],
    value: Some(0.0),
    lipschitz: Some(396.784_176_043_574_35), // 2 + 40π²
    story: "A bowl under an egg tray: almost every start ends in a dip that is not the deepest.",
    ..UNKNOWN
};
const RASTRIGIN_DIP: f64 = 0.994_958_637_652_334_8;
const RASTRIGIN_PASS: f64 = 0.502_546_036_554_674_7;

const ACKLEY: Landscape = Landscape {
    name: "ackley",
    title: "Ackley's function",
    formula: "-20*exp(-0.2*sqrt((x1^2+x2^2)/2)) - exp((cos(2*pi*x1)+cos(2*pi*x2))/2) + 20 + e",
    window: &[[-1.5, 1.5], [-1.5, 1.5]],
    start: &[0.61, 0.72],
    minima: &[
        &[0.0, 0.0], // a cusp: the slope does not vanish there, it does not exist
        &[ACKLEY_SIDE, 0.0],
        &[-ACKLEY_SIDE, 0.0],
        &[0.0, ACKLEY_SIDE],
        &[0.0, -ACKLEY_SIDE],
        &[ACKLEY_CORNER, ACKLEY_CORNER],
        &[ACKLEY_CORNER, -ACKLEY_CORNER],
        &[-ACKLEY_CORNER, ACKLEY_CORNER],
        &[-ACKLEY_CORNER, -ACKLEY_CORNER],
    ],
    saddles: &[&[ACKLEY_PASS, 0.0], &[-ACKLEY_PASS, 0.0], &[0.0, ACKLEY_PASS], &[0.0, -ACKLEY_PASS]],
    value: Some(0.0),
    story: "Ripples around a cusp: a hundredth more in the start or in the step length, and the run ends elsewhere.",
    ..UNKNOWN
};
const ACKLEY_SIDE: f64 = 0.952_166_545_950_171_7;
const ACKLEY_CORNER: f64 = 0.968_477_658_707_724_4;
const ACKLEY_PASS: f64 = 0.625_780_616_856_463_8;

const GAUSSIAN_VALLEY: Landscape = Landscape {
    name: "gaussian-valley",
    title: "Sine valley under a bell",
    formula: "-sin(x1)*exp(-(x2-pi/2)^2/(2*0.64))/(0.8*sqrt(2*pi))",
    window: &[[0.0, 3.2], [-0.5, 3.5]],
    start: &[1.0, 0.1],
    minima: &[&[FRAC_PI_2, FRAC_PI_2]],
    value: Some(-0.498_677_850_501_790_85),
    story: "The lecture's first picture, as its figure was drawn: one smooth dip that fades out on two sides.",
    ..UNKNOWN
};

const GAUSSIAN_VALLEY_AS_PRINTED: Landscape = Landscape {
    name: "gaussian-valley-as-printed",
    title: "Sine valley, as printed",
    formula: "-sin(x1)*exp((x2-pi/2)^2)/(2*pi)",
    window: &[[0.0, 3.2], [-0.5, 3.5]],
    start: &[1.0, 0.1],
    saddles: &[&[FRAC_PI_2, FRAC_PI_2]],
    story: "The same formula with its minus sign lost in print: the dip has become a saddle with no floor.",
    ..UNKNOWN
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objective::function::Objective;
    use crate::objective::point::{Matrix, Point, Vector};

    fn curvatures(hessian: Matrix) -> Vec<f64> {
        hessian.symmetric_eigen().eigenvalues.as_slice().to_vec()
    }

    #[test]
    fn entries_are_complete_and_their_formulas_parse() {
        for landscape in LANDSCAPES {
            assert_eq!(named(landscape.name), Some(landscape));
            assert!(landscape.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'));
            assert!(!landscape.title.is_empty() && landscape.story.ends_with('.'), "{}", landscape.name);
            assert!(!landscape.minima.is_empty() || !landscape.saddles.is_empty(), "{}", landscape.name);
            assert_eq!(landscape.window.len(), landscape.dimension());
            let shown =
                |point: &[f64]| point.iter().zip(landscape.window).all(|(v, [low, high])| low <= v && v <= high);
            assert!(shown(landscape.start), "{} starts outside its window", landscape.name);
            for point in landscape.minima.iter().chain(landscape.saddles) {
                assert_eq!(point.len(), landscape.dimension());
                assert!(shown(point), "{} hides {point:?}", landscape.name);
            }
            landscape.objective().unwrap();
        }
        assert_eq!(named("nowhere"), None);
    }

    /// Ackley's cusp at the origin is the one minimum without a gradient (0·∞); it is a minimum all the same.
    #[test]
    fn minima_are_minima_and_saddles_are_saddles() {
        for landscape in LANDSCAPES {
            let objective = landscape.objective().unwrap();
            for (place, point) in landscape.minima.iter().enumerate() {
                let at = Point::from_column_slice(point);
                let (value, gradient) = objective.sample(&at);
                if landscape.name == "ackley" && place == 0 {
                    assert!(objective.has_kink_at(&at) && gradient.iter().all(|slope| slope.is_nan()));
                } else {
                    assert!(gradient.norm() <= 1e-8, "{} {point:?}: {gradient}", landscape.name);
                    assert!(curvatures(objective.hessian(&at)).iter().all(|c| *c > 0.0), "{}", landscape.name);
                }
                if let Some(lowest) = landscape.value {
                    assert!(value >= lowest - 1e-14, "{} {point:?}: {value}", landscape.name);
                    assert!(place > 0 || (value - lowest).abs() <= 1e-14, "{}: {value}", landscape.name);
                }
            }
            for point in landscape.saddles {
                let at = Point::from_column_slice(point);
                assert!(objective.gradient(&at).norm() <= 1e-8, "{} {point:?}", landscape.name);
                let curvatures = curvatures(objective.hessian(&at));
                let mixed = curvatures.iter().any(|c| *c > 0.0) && curvatures.iter().any(|c| *c < 0.0);
                assert!(mixed || landscape.name == "monkey-saddle", "{} {point:?}", landscape.name);
            }
        }
    }

    #[test]
    fn equal_minima_are_equal() {
        for (name, count) in [("himmelblau", 4), ("branin", 3), ("saddle-with-floor", 2)] {
            let landscape = named(name).unwrap();
            let objective = landscape.objective().unwrap();
            for point in &landscape.minima[..count] {
                let value = objective.value(&Point::from_column_slice(point));
                assert!((value - landscape.value.unwrap()).abs() <= 1e-14, "{name} {point:?}: {value}");
            }
        }
        let two_wells = named("two-wells").unwrap();
        let shallow = two_wells.objective().unwrap().value(&Point::from_column_slice(two_wells.minima[1]));
        assert!((shallow - -0.587_656_380_433_097_2).abs() <= 1e-15);
    }

    #[test]
    fn constants_of_quadratics_are_their_extreme_curvatures() {
        for landscape in LANDSCAPES {
            let objective = landscape.objective().unwrap();
            assert_eq!(objective.is_quadratic(), ["ravine", "booth", "saddle"].contains(&landscape.name));
            if objective.is_quadratic() {
                let curvatures = curvatures(objective.hessian(&Point::from_column_slice(landscape.start)));
                let largest = curvatures.iter().fold(0.0, |m: f64, c| m.max(c.abs()));
                let smallest = curvatures.iter().copied().fold(f64::INFINITY, f64::min);
                assert!((landscape.lipschitz.unwrap() - largest).abs() < 1e-12, "{}", landscape.name);
                assert_eq!(landscape.strong_convexity.is_some(), smallest > 0.0);
                assert!(landscape.strong_convexity.is_none_or(|mu| (mu - smallest).abs() < 1e-12));
            }
        }
    }

    /// The lecture prints −sin(x1)·exp(+(x2−π/2)²)/(2π) beside a figure drawn with a minus in the exponent.
    #[test]
    fn the_printed_valley_has_no_floor_and_the_drawn_one_has() {
        let printed = named("gaussian-valley-as-printed").unwrap().objective().unwrap();
        for (x2, wanted, digit) in [(FRAC_PI_2, -0.159, 1e-3), (0.0, -1.877, 1e-3), (5.0, -20365.0, 1.0)] {
            let value = printed.value(&Point::from_vec(vec![FRAC_PI_2, x2]));
            assert!((value - wanted).abs() < digit, "{value}");
        }
        let drawn = named("gaussian-valley").unwrap();
        assert!((drawn.value.unwrap() - -0.498_68).abs() < 5e-6);
        assert!(drawn.objective().unwrap().value(&Point::from_vec(vec![FRAC_PI_2, 5.0])) > -1e-3);
    }

    fn descended(name: &str, start: [f64; 2], alpha: f64, steps: usize) -> (Point, f64) {
        let objective = named(name).unwrap().objective().unwrap();
        let mut at = Point::from_column_slice(&start);
        for _ in 0..steps {
            at -= alpha * objective.gradient(&at);
        }
        let value = objective.value(&at);
        (at, value)
    }

    /// Erratum E2: the caption's α = 10⁻⁴ belongs to Branin's function, where two of three starts share a minimum.
    #[test]
    fn the_multimodal_figure_is_branin() {
        let runs =
            [([0.7, 0.95], [0.5398, 0.1669]), ([0.001, 0.001], [0.5423, 0.1527]), ([0.3, 0.9], [0.1231, 0.8198])];
        for (start, end) in runs {
            let (at, _) = descended("branin", start, 1e-4, 100);
            assert!((&at - Vector::from_column_slice(&end)).amax() < 2e-3, "{start:?}: {at}");
        }
    }

    #[test]
    fn ackley_runs_end_in_a_cycle_or_on_the_cusp_or_beside_it() {
        let start = [0.61, 0.72];
        let (_, before) = descended("ackley", start, 0.05, 49);
        let (_, after) = descended("ackley", start, 0.05, 50);
        assert!((before.min(after) - 0.7664).abs() < 1e-4 && (before.max(after) - 2.1927).abs() < 1e-4);
        let (_, jitter) = descended("ackley", start, 0.01, 50);
        assert!((jitter - 0.064).abs() < 0.01, "{jitter}");
        assert!((descended("ackley", [0.61, 0.73], 0.01, 50).1 - 2.579_93).abs() < 1e-5);
        assert!((descended("ackley", [0.62, 0.75], 0.01, 50).1 - 3.574_45).abs() < 1e-5);
    }
}
