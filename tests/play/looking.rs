//! The map under a learner's hands: looking around, overlays, slices; each key is pressed.

use crate::learner::Learner;
use downhill::lesson::course::library::SHIPPED;

#[test]
fn every_key_of_looking_around_moves_the_window() {
    let learner = Learner::opens("backtracking").sees("x₁ −10…10 x₂ −6…24").presses("o").sees("← → ↑ ↓ move");
    let learner = learner.presses("+").sees("x₁ −5…5 x₂ 1.5…16.5 2:1");
    let learner = learner.presses("<right>").sees("x₁ −2.5…7.5 x₂ 1.5…16.5");
    let learner = learner.presses("<up> <up>").sees("x₁ −2.5…7.5 x₂ 9…24");
    let learner = learner.presses("<left>").sees("x₁ −5…5 x₂ 9…24");
    let learner = learner.presses("<down>").sees("x₁ −5…5 x₂ 5.25…20.25");
    let learner = learner.presses("-").sees("x₁ −10…10 x₂ −2.25…27.75").misses("2:1");
    let learner = learner.presses("- =").sees("x₁ −10…10 x₂ −2.25…27.75");
    let learner = learner.presses("0").sees("x₁ −10…10 x₂ −6…24");
    // Esc ends the looking and keeps the view, in which the run goes on.
    let learner = learner.presses("+ <esc>").sees("x₁ −5…5").misses("move").sees("t=0");
    let learner = learner.presses("<right>").sees("x₁ −5…5");
    learner.presses("n").sees("x₁ −10…10");
}

#[test]
fn looking_around_is_free_while_a_question_is_open_and_answers_nothing() {
    let learner = Learner::opens("backtracking").presses("<right>").sees("1-3 answer").presses("o + 1");
    assert_eq!(learner.sitting().record().answer, None);
    learner.sees("2:1").presses("<esc>").sees("1-3 answer");
}

#[test]
fn on_a_narrow_screen_or_a_zoomed_panel_looking_around_brings_up_the_map() {
    Learner::opens("backtracking").at(60, 20).presses("n n").misses("x₂ −6…24").presses("o").sees("x₂ −6…24");
    Learner::opens("backtracking").presses("n n z").misses("x₂ −6…24").presses("o").sees("x₂ −6…24");
}

/// A landscape whose minima are known, and gradient descent that reaches them.
const HIMMELBLAU: &str = r#"
format = 1
title  = "Four hollows"

[scenario.himmelblau]
objective = { name = "himmelblau" }

[[scenario.himmelblau.run]]
step_size = { rule = "fixed", alpha = 0.01 }
stop      = { iterations = 300 }

[[page]]
text  = "Where does a start lead?"
until = { iteration = 2 }
"#;

/// A question about it.
const ASKED: &str = r#"
[[page]]
text  = "Does it arrive?"
until = { iteration = 1 }
ask   = { kind = "choose", question = "Where does it end?", options = [
  { text = "at a minimum", claim = { at = "end", quantity = "value", below = 1e-6 } },
  { text = "elsewhere", claim = { at = "end", quantity = "value", above = 1e-6 } },
] }
"#;

/// On to the overlay of this number.
fn overlay(number: usize) -> String {
    "v ".repeat(number)
}

#[test]
fn basins_have_letters_and_shares() {
    let mut learner = Learner::reads(HIMMELBLAU).presses("<enter>");
    let bare = learner.screen();
    let mut learner = learner.presses(&overlay(6)).sees("Each start has the letter of the minimum it reaches");
    let screen = learner.screen();
    let inside =
        |letter: char| screen.lines().skip(3).take(10).flat_map(str::chars).filter(|one| *one == letter).count();
    // f is 181.6 at the lower left, where only one minimum is near; all four take about a quarter.
    for letter in "abcd".chars() {
        let count = inside(letter);
        assert!(count > 10, "{letter} {count}\n{screen}");
    }
    assert_ne!(bare, screen);
    learner = learner.sees("basins a 27% b 25% c 25% d 23%");
    // The same question is not asked twice, and the next overlays take the letters away.
    learner.presses("v").misses("a 2");
}

#[test]
fn no_basin_tells_the_answer_of_a_question_here_or_to_come() {
    let learner =
        Learner::reads(&[HIMMELBLAU, ASKED].concat()).presses(&overlay(6)).sees("sealed until page 2 has asked");
    let learner = learner.misses("a 2").presses("n").sees("sealed until the outcome").presses("<enter>");
    let learner = learner.misses("a 2").presses("v").sees("Answer first").presses("1").misses("a 2").presses("E");
    learner.presses(&overlay(8)).sees("basins a 27%");
}

#[test]
fn basins_wait_for_the_page_that_asks_of_them() {
    let learner = Learner::opens("start-matters").presses(&overlay(6)).sees("sealed until the outcome").misses("a 34%");
    let learner = learner.presses("<right> 1 <right>").sees("sealed until page 2 has asked").misses("a 34%");
    // Page 7 asks about another step size.
    let learner = learner.presses("n n n n n <right> 2 1").sees("Of 100 starts");
    learner.presses(&overlay(8)).sees("basins a 34% b 41% c 23% ! 2%");
}

#[test]
fn minima_that_nobody_named_are_found() {
    let lesson = |formula: &str| {
        let lesson = HIMMELBLAU.replace("name = \"himmelblau\"", &format!("formula = \"{formula}\""));
        lesson
            .replace("} }", "}")
            .replace(
                "[[scenario.himmelblau.run]]",
                "window = { x1 = [-2, 2], x2 = [-2, 2] }\nstart = [1, 1]\n\n[[scenario.himmelblau.run]]",
            )
            .replace("0.01", "0.1")
    };
    Learner::reads(&lesson("x1^2 + 3*x2^2")).presses(&overlay(6)).sees("basins a 100%");
    // The wells at −1 and 1; a start on the ridge between rests on the saddle.
    Learner::reads(&lesson("(x1^2 - 1)^2/4 + x2^2")).presses(&overlay(6)).sees("basins a 50% b 50%");
    Learner::reads(&lesson("(x1 - x2)^2")).presses(&overlay(6)).sees("basins ? 100%");
}

#[test]
fn with_the_lock_lifted_overlays_are_drawn_and_an_overlay_without_anything_says_so() {
    Learner::opens("saddle-point").presses("n v v").sees("Answer first");
    Learner::opens("saddle-point").presses("L n v v").sees("eigenvectors: λ = 2, −2");
    Learner::opens("ravine").presses("<right> <right>").sees("α* comes after your answer");
    Learner::opens("ravine").presses("L <right>").sees("α* = ").misses("α* comes");
    let learner = Learner::opens("ravine").presses("<right> <right> 2");
    let learner = learner.presses(&overlay(6)).sees("Overlay 6 of 7, basins: sealed until the outcome. v: next.");
    learner.presses("v v v v v").sees("Overlay 3 of 7, quadratic model: sealed until the outcome. v: next.");
    Learner::opens("saddle-point").presses(&overlay(4)).sees("look-ahead: none, the base is xₜ");
}

/// Run B is left behind on the path that both came.
#[test]
fn only_the_point_in_view_hides_the_letter_of_a_rival() {
    let mut learner = Learner::reads(RAVINE).presses("<enter> <enter> k e 0 . 0 3 <enter> <esc>");
    let mut seen = 0;
    for _ in 0..30 {
        learner = learner.presses("<right>");
        let cells = map(&mut learner);
        let runs = &learner.sitting().cast.runs;
        assert_eq!(runs.len(), 2);
        let at = runs[1].here().point.as_slice().try_into().unwrap_or_default();
        let (x, y) = cell(&cells, at);
        assert!(['B', '◆'].contains(&cells[y][x]), "{}: {cells:?}", cells[y][x]);
        seen += usize::from(cells[y][x] == 'B');
    }
    assert!(seen > 10, "{seen}");
}

#[test]
fn a_label_at_the_edge_spares_the_marks() {
    let mut learner = Learner::opens("backtracking").presses("n n 3 5 6").sees("28 beyond");
    let screen = learner.screen();
    let map: Vec<&str> = screen.lines().skip(2).take_while(|row| row.starts_with('│')).collect();
    assert!(map.iter().any(|row| row.chars().take(40).any(|symbol| symbol == '*')), "{screen}");
    assert!(map.iter().all(|row| !row.contains("beyond*")), "{screen}");
}

#[test]
fn a_given_point_hides_neither_the_run_nor_its_start() {
    let mut learner = Learner::opens("start-matters").presses("n n n n <right> <right> <right>");
    let count = |learner: &mut Learner, mark: char| {
        learner
            .screen()
            .lines()
            .skip(2)
            .take_while(|row| row.starts_with('│'))
            .flat_map(str::chars)
            .filter(|one| *one == mark)
            .count()
    };
    assert_eq!(count(&mut learner, '?'), 1, "it is being moved");
    let mut learner = learner.presses("<enter>").sees("Sealed until");
    assert_eq!((count(&mut learner, '?'), count(&mut learner, '◆')), (0, 1));
    let mut learner = learner.presses("<enter>");
    assert_eq!((count(&mut learner, '?'), count(&mut learner, 'S')), (0, 1));
    let learner = Learner::opens("start-matters").presses("n n n n 0 . 8").sees("Backspace take back");
    learner.presses("<enter>").sees("0.8 is 1 number; 2 are asked here.");
}

#[test]
fn the_frame_of_a_curve_tells_its_heights_and_its_lines() {
    let learner = Learner::opens("bracket-and-pinpoint").sees("x₁ −0.5…4.5 f −8.12…8.12").sees("tangent, dots: model");
    learner.presses("<right>").sees(" tangent ").misses("dots: model");
}

#[test]
fn saddles_and_minima_are_marked() {
    let mut learner = Learner::reads(HIMMELBLAU);
    let screen = learner.screen();
    let count = |mark: char| {
        screen.lines().skip(2).take(13).flat_map(|row| row.chars().take(40)).filter(|one| *one == mark).count()
    };
    assert_eq!((count('*'), count('+')), (4, 4), "{screen}");
}

/// Momentum in a ravine that is no parabola, so that the model differs from the map.
const RAVINE: &str = r#"
format = 1
title  = "A ravine"

[scenario.ravine]
objective = { formula = "10*x1^2 + x2^2/2 + x2^4/500" }
window    = { x1 = [-4, 4], x2 = [-12, 12] }
start     = [2, 10]

[[scenario.ravine.run]]
direction = { rule = "momentum", beta = 0.6 }
step_size = { rule = "fixed", alpha = 0.02 }
stop      = { iterations = 30 }

[[page]]
text  = "Look."
show  = ["map", "numbers"]
until = { iteration = 20 }
"#;

/// The cells of the map that fills the left half of a screen of 80 columns: rows of what is inside its frame.
fn map(learner: &mut Learner) -> Vec<Vec<char>> {
    let screen = learner.screen();
    let inside = |row: &str| row.chars().skip(1).take(38).collect::<Vec<char>>();
    screen.lines().skip(2).take_while(|row| row.starts_with('│')).map(inside).collect()
}

/// Where a symbol stands on the map, below the caption.
fn places(map: &[Vec<char>], wanted: char) -> Vec<(usize, usize)> {
    let row = |(y, row): (usize, &Vec<char>)| {
        let columns: Vec<usize> = (0..row.len()).filter(|x| row[*x] == wanted).collect();
        columns.into_iter().map(move |x| (x, y)).collect::<Vec<_>>()
    };
    map.iter().enumerate().skip(1).flat_map(row).collect()
}

/// The cell of a point of the ravine's window.
fn cell(map: &[Vec<char>], [x1, x2]: [f64; 2]) -> (usize, usize) {
    let (wide, high) = (2.0 * map[0].len() as f64 - 1.0, 4.0 * map.len() as f64 - 1.0);
    let (right, down) = ((x1 + 4.0) / 8.0 * wide, (12.0 - x2) / 24.0 * high);
    ((right.round() / 2.0) as usize, (down.round() / 4.0) as usize)
}

#[test]
fn each_overlay_draws_what_it_says_and_goes_again() {
    let at = |number: usize| {
        // Where the direction of the third step is seen, the velocity is not zero any more.
        let mut learner =
            Learner::reads(RAVINE).presses("<enter> <enter> . . <right> <right>").presses(&overlay(number));
        let cells = map(&mut learner);
        (cells, learner)
    };
    let (bare, learner) = at(0);
    let here = cell(&bare, learner.sitting().cast.runs[0].here().point.as_slice().try_into().unwrap_or_default());
    assert_eq!(places(&bare, '◆'), [here], "{bare:?}");

    // −∇f points across the ravine to its bottom, from both sides.
    let (field, _) = at(1);
    let (right, left) = (places(&field, '→'), places(&field, '←'));
    assert!(right.len() >= 3 && right.iter().all(|(x, _)| *x < 19), "{right:?}");
    assert!(left.len() >= 3 && left.iter().all(|(x, _)| *x >= 19), "{left:?}");

    // v₁ lies across, v₂ along the ravine, both through the point.
    let (cross, learner) = at(2);
    learner.sees("λ = 20");
    let named = |digit: char| places(&cross, digit);
    assert!(!named('₁').is_empty() && named('₁').iter().all(|(_, y)| *y == here.1), "{:?}", named('₁'));
    assert!(!named('₂').is_empty() && named('₂').iter().all(|(x, _)| *x == here.0 + 1), "{:?}", named('₂'));

    let (model, learner) = at(3);
    learner.sees("model: dotted lines");
    let changed = |other: &[Vec<char>]| {
        let differ = |(one, two): (&Vec<char>, &Vec<char>)| one.iter().zip(two).filter(|(one, two)| one != two).count();
        bare.iter().zip(other).skip(1).map(differ).sum::<usize>()
    };
    assert!(changed(&model) > 20, "{}", changed(&model));

    // The base stands a share β of the last step farther on.
    let (ahead, learner) = at(4);
    let run = &learner.sitting().cast.runs[0];
    let step = &run.here().point - &run.past()[1].from.point;
    let base = &run.here().point + 0.6 * step;
    assert_eq!(places(&ahead, '◇'), [cell(&ahead, [base[0], base[1]])]);
    assert!(places(&bare, '◇').is_empty());

    // The border stands at a right angle to ∇f, through the point; beyond it, on the arrow's side, f falls.
    let (half, learner) = at(5);
    learner.sees("angle(∇f, d)");
    assert!(changed(&half) >= half.len(), "a line from edge to edge: {}", changed(&half));
    let learner = Learner::reads(RAVINE).presses("<enter> <enter>").presses(&overlay(5));
    let half = map(&mut learner.sees("half-plane where f falls"));
    let arrows = places(&half, '↙');
    assert!(arrows.iter().any(|(x, y)| *x < here.0 && *y > here.1 && y - here.1 <= 4), "{half:?}");

    // Far from the path nothing is known.
    let (fog, _) = at(7);
    assert!(fog.last().is_some_and(|row| row.iter().all(|cell| *cell == ' ')), "{fog:?}");
    assert_eq!(places(&fog, '◆'), [here]);

    // Basins need known minima, so they are tested with others; after the last one nothing is left.
    assert_eq!(at(8).0, bare);
}

#[test]
fn a_screen_without_a_map_refuses_to_look_at_it() {
    Learner::opens("backtracking").at(36, 10).presses("o").sees("too small for the map").misses("← → ↑ ↓");
    Learner::opens("backtracking").at(36, 10).presses("v").sees("too small for the map");
}

/// Where one panel stands at a time, the map stays until there is something else to see.
#[test]
fn an_empty_panel_does_not_hide_the_map() {
    let learner = Learner::opens("backtracking").at(60, 20).presses("<right>").sees("x₂ −6…24").misses("margin");
    learner.presses("<tab>").sees("f(x + αd)").presses("<tab> 3 <right>").sees("margin").misses("x₂ −6…24");
}

#[test]
fn play_says_why_it_stops() {
    let learner = Learner::opens("backtracking").presses("<space> <tick:60>").sees("Play stops for the question");
    learner.presses("3").misses("Play stops").presses("<space> <tick:60>").sees("Play stops: this page is done.");
}

/// The rows of the map in the layout of 80 columns.
fn map_rows(learner: &mut Learner) -> usize {
    map(learner).len()
}

/// The box of the page takes its rows from the map, and gives them back: at most twice on a page.
#[test]
fn the_map_keeps_its_rows_while_a_page_is_played() {
    for (lesson, _) in SHIPPED {
        let mut learner = Learner::opens(lesson);
        let (mut page, mut rows, mut changes) = (0, map_rows(&mut learner), 0);
        for _ in 0..200 {
            let is_open = learner.sitting().open_question().is_some();
            learner = learner.presses(if is_open { "1 1" } else { "<right>" });
            if learner.sitting().page != page {
                (page, changes) = (learner.sitting().page, 0);
            }
            let before = std::mem::replace(&mut rows, map_rows(&mut learner));
            changes += usize::from(before != rows);
            assert!(changes <= 2, "{lesson}, page {}: {changes}\n{}", page + 1, learner.screen());
        }
    }
}
