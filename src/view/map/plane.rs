//! The plane that a map shows: all there is in two dimensions, a slice through xₜ in more.

use crate::app::run::scene::Scene;
use crate::app::run::visible::SeenRun;
use crate::app::settings::draft::subscript;
use crate::engine::theory::curvature::Spectrum;
use crate::lesson::scenario::Slice;
use crate::objective::point::{Matrix, Point, Vector};

/// The most iterates whose main directions are sought; of a longer path as many, evenly.
const MOST_ITERATES: usize = 64;

/// Two axes through an origin.
#[derive(Debug, Clone, PartialEq)]
pub struct Plane {
    origin: Point,
    axes: [PlaneAxis; 2],
}

#[derive(Debug, Clone, PartialEq)]
enum PlaneAxis {
    /// A coordinate, counted from 0.
    Coordinate(usize),
    /// A unit vector with its name; places on it are counted from the origin.
    Along(Vector, String),
}

impl Plane {
    /// The plane of a scenario's slice, as its first run stands.
    pub fn of(scene: &Scene<'_>) -> Self {
        let run = scene.run();
        let here = &run.here().point;
        let chosen = match scene.scenario().slice {
            _ if here.len() <= 2 => None,
            Slice::Coordinates([one, other]) if one.max(other) < here.len() => {
                return Self::coordinates(here, [one, other]);
            }
            Slice::Coordinates(_) => None,
            Slice::Eigen => scene.looked().map(|(_, spectrum)| {
                let last = spectrum.values.len() - 1;
                [0, last].map(|index| (spectrum.vectors[index].clone(), format!("v{}", subscript(index + 1))))
            }),
            Slice::Path => main_directions(run).map(|vectors| {
                let [first, second] = vectors;
                [(first, "p₁".to_owned()), (second, "p₂".to_owned())]
            }),
        };
        match chosen {
            Some(axes) => {
                Self { origin: here.clone(), axes: axes.map(|(vector, name)| PlaneAxis::Along(vector, name)) }
            }
            None => Self::coordinates(here, [0, 1]),
        }
    }

    /// The plane of two coordinates. Its origin does not hold them, so that it stays the same while they change.
    pub fn coordinates(through: &Point, shown: [usize; 2]) -> Self {
        let mut origin = through.clone();
        for coordinate in shown {
            if let Some(entry) = origin.get_mut(coordinate) {
                *entry = 0.0;
            }
        }
        Self { origin, axes: shown.map(PlaneAxis::Coordinate) }
    }

    /// Whether points keep their places on it while the run goes on.
    pub fn stays(&self) -> bool {
        self.axes.iter().all(|axis| matches!(axis, PlaneAxis::Coordinate(_)))
    }

    /// What there is to say of a slice; nothing in two dimensions.
    pub fn title(&self) -> Option<String> {
        let [one, other] = self.names();
        (self.origin.len() > 2).then(|| format!("slice {one}, {other} through xₜ"))
    }

    /// The names of the axes.
    pub fn names(&self) -> [String; 2] {
        [0, 1].map(|axis| match &self.axes[axis] {
            PlaneAxis::Coordinate(coordinate) => format!("x{}", subscript(coordinate + 1)),
            PlaneAxis::Along(_, name) => name.clone(),
        })
    }

    /// The place of a point on the plane; NaN for a point of another space.
    pub fn place(&self, point: &Point) -> [f64; 2] {
        [0, 1].map(|axis| match &self.axes[axis] {
            _ if point.len() != self.origin.len() => f64::NAN,
            PlaneAxis::Coordinate(coordinate) => point[*coordinate],
            PlaneAxis::Along(vector, _) => {
                (0..point.len()).map(|index| (point[index] - self.origin[index]) * vector[index]).sum()
            }
        })
    }

    /// The part of a direction that lies in the plane.
    pub fn part(&self, direction: &Vector) -> [f64; 2] {
        [0, 1].map(|axis| match &self.axes[axis] {
            _ if direction.len() != self.origin.len() => f64::NAN,
            PlaneAxis::Coordinate(coordinate) => direction[*coordinate],
            PlaneAxis::Along(vector, _) => direction.dot(vector),
        })
    }

    /// A symmetric matrix, cut by the plane: ∇²f becomes the second derivatives along the two axes.
    pub fn cut(&self, matrix: &Matrix) -> Matrix {
        let column = |axis: &PlaneAxis| match axis {
            PlaneAxis::Coordinate(coordinate) => matrix.column(*coordinate).into_owned(),
            PlaneAxis::Along(vector, _) => matrix * vector,
        };
        let columns = [self.part(&column(&self.axes[0])), self.part(&column(&self.axes[1]))];
        Matrix::from_fn(2, 2, |row, column| columns[column][row])
    }

    /// Overwrites a point with the one at a place of the plane.
    pub fn put(&self, [one, other]: [f64; 2], at: &mut Point) {
        at.copy_from(&self.origin);
        for (axis, along) in self.axes.iter().zip([one, other]) {
            match axis {
                PlaneAxis::Coordinate(coordinate) => at[*coordinate] = along,
                PlaneAxis::Along(vector, _) => at.axpy(along, vector, 1.0),
            }
        }
    }

    /// A point to be overwritten by [`Plane::put`].
    pub fn blank(&self) -> Point {
        self.origin.clone()
    }
}

/// The two principal components of the iterates until xₜ; `None` while the path has no direction.
fn main_directions(run: SeenRun<'_>) -> Option<[Vector; 2]> {
    let all: Vec<&Point> = run.past().iter().map(|step| &step.from.point).chain([&run.here().point]).collect();
    let count = all.len().min(MOST_ITERATES);
    let chosen: Vec<&Point> = (1..=count).map(|index| all[index * all.len() / count - 1]).collect();
    let here = &run.here().point;
    let rows = Matrix::from_fn(count, here.len(), |row, column| chosen[row][column] - here[column]);
    let scale = rows.amax();
    if !(scale > 0.0 && scale.is_finite()) {
        return None;
    }
    let mut rows = rows / scale;
    let mean = rows.row_mean();
    for mut row in rows.row_iter_mut() {
        row -= &mean;
    }
    let is_tall = rows.nrows() > rows.ncols();
    let spectrum = Spectrum::of(&if is_tall { rows.tr_mul(&rows) } else { &rows * rows.transpose() })?;
    let direction = |index: usize| {
        let (value, vector) = (spectrum.values.get(index)?, &spectrum.vectors[index]);
        let is_real = *value > spectrum.values[0] * 1e-24 && *value > 0.0;
        is_real.then(|| if is_tall { vector.clone() } else { rows.tr_mul(vector).normalize() })
    };
    let first = direction(0)?;
    let second = direction(1).unwrap_or_else(|| across(&first));
    Some([first, second])
}

/// A unit vector at a right angle to another: of all coordinate axes the one that is nearest to that.
fn across(first: &Vector) -> Vector {
    let nearest = first.iter().enumerate().min_by(|(_, one), (_, other)| one.abs().total_cmp(&other.abs()));
    let mut second = Vector::zeros(first.len());
    if let Some((index, along)) = nearest {
        second[index] = 1.0;
        second -= first * *along;
    }
    second.normalize()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::room::sitting::Sitting;
    use crate::view::paper::specimen::{fixed, lesson};

    fn plane(sitting: &Sitting) -> Plane {
        Plane::of(&Scene::of(sitting))
    }

    fn sitting(formula: &str, start: &[f64], slice: Slice) -> Sitting {
        let mut lesson = lesson(formula, start, &[fixed(0.1)]);
        lesson.scenarios[0].slice = slice;
        Sitting::open(lesson).unwrap()
    }

    #[test]
    fn a_slice_of_coordinates_goes_through_the_iterate() {
        let sitting = sitting("x1^2 + 2*x2^2 + 3*x3^2 + x4^2", &[1.0, 2.0, 3.0, 4.0], Slice::Coordinates([0, 2]));
        let plane = plane(&sitting);
        assert_eq!(plane.title().unwrap(), "slice x₁, x₃ through xₜ");
        let mut at = plane.blank();
        plane.put([-5.0, 7.0], &mut at);
        assert_eq!(at.as_slice(), [-5.0, 2.0, 7.0, 4.0]);
        assert_eq!(plane.place(&at), [-5.0, 7.0]);
        let hessian = sitting.cast.runs[0].objective().hessian(&at);
        assert_eq!(plane.cut(&hessian), Matrix::from_row_slice(2, 2, &[2.0, 0.0, 0.0, 6.0]));
    }

    #[test]
    fn a_slice_of_eigenvectors_shows_the_most_and_the_least_curvature() {
        let sitting = sitting("(x1 + x2)^2 + 3*x3^2/2 + x4^2/2", &[1.0, 2.0, 3.0, 4.0], Slice::Eigen);
        let plane = plane(&sitting);
        // λ = 4 along (1, 1)/√2 and 0 along (1, −1)/√2.
        assert_eq!(plane.names(), ["v₁", "v₄"]);
        let here = &sitting.cast.runs[0].here().point;
        assert_eq!(plane.place(here), [0.0, 0.0]);
        let cut = plane.cut(&sitting.cast.runs[0].objective().hessian(here));
        assert!((cut - Matrix::from_row_slice(2, 2, &[4.0, 0.0, 0.0, 0.0])).amax() < 1e-14);
        let mut at = plane.blank();
        plane.put([2.0_f64.sqrt(), 0.0], &mut at);
        assert!((at - Point::from_column_slice(&[2.0, 3.0, 3.0, 4.0])).amax() < 1e-14);
    }

    #[test]
    fn a_slice_of_the_path_holds_a_path_that_lies_in_a_plane() {
        // x₃ and x₄ never move, and x₁ moves ten times as far as x₂.
        let mut sitting = sitting("x1^2/2 + x2^2 + 0*x3 + 0*x4", &[100.0, 10.0, 3.0, 4.0], Slice::Path);
        assert_eq!(plane(&sitting).names(), ["x₁", "x₂"], "no path yet");
        while sitting.cursor.t < 1 {
            sitting.step();
        }
        let first = plane(&sitting);
        assert_eq!(first.names(), ["p₁", "p₂"]);
        while sitting.cursor.t < 200 {
            sitting.step();
        }
        let plane = plane(&sitting);
        let run = &sitting.cast.runs[0];
        let mut back = plane.blank();
        for step in run.past() {
            plane.put(plane.place(&step.from.point), &mut back);
            assert!((&back - &step.from.point).amax() < 1e-11, "{} {back}", step.from.point);
        }
        let [along, beside] = [[1.0, 0.0], [0.0, 1.0]].map(|place| {
            plane.put(place, &mut back);
            &back - &run.here().point
        });
        assert!((along.norm() - 1.0).abs() < 1e-12 && along.dot(&beside).abs() < 1e-12 && along[0] > 0.98);
    }
}
