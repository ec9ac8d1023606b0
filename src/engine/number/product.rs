//! Lengths, products and angles of vectors: never lost in overflow, and 0 where only rounding is left of a sum.

use crate::objective::point::{Matrix, Vector};

/// ‖v‖, however small or large its components: no square is 0 or infinite that should not be.
pub fn norm(vector: &Vector) -> f64 {
    let (plain, scale) = (vector.norm(), vector.amax());
    // Squares are safe in this range; beyond it they are made of scaled components.
    if (1e-140..1e140).contains(&plain) || scale == 0.0 || !scale.is_finite() {
        return plain;
    }
    scale * (vector / scale).norm()
}

/// aᵀb; 0 where its terms cancel to no more than their own rounding, as they do at a right angle.
pub fn dot(one: &Vector, other: &Vector) -> f64 {
    let sum = one.dot(other);
    let terms: f64 = one.iter().zip(other.iter()).map(|(one, other)| (one * other).abs()).sum();
    settled(sum, terms, one.len())
}

/// vᵀMv for a symmetric M; 0 where its terms cancel to no more than their own rounding.
pub fn bend(matrix: &Matrix, vector: &Vector) -> f64 {
    let sum = vector.dot(&(matrix * vector));
    settled(sum, size_of_terms(matrix, vector), vector.len())
}

/// |v|ᵀ|M||v|: what the terms of vᵀMv add up to without their signs.
pub fn size_of_terms(matrix: &Matrix, vector: &Vector) -> f64 {
    let sizes = vector.abs();
    sizes.dot(&(matrix.abs() * &sizes))
}

/// A sum of `count` products whose sizes add up to `terms`, or 0 if that is all which its last digits can tell.
pub fn settled(sum: f64, terms: f64, count: usize) -> f64 {
    let rounding = (count + 2) as f64 * f64::EPSILON * terms;
    if count > 1 && rounding.is_finite() && sum.abs() <= rounding { 0.0 } else { sum }
}

/// cos of the angle between two vectors; `None` if one of them is 0, NaN where one of them is not finite.
pub fn cosine(one: &Vector, other: &Vector) -> Option<f64> {
    let (first, second) = (one.amax(), other.amax());
    (first != 0.0 && second != 0.0).then(|| {
        let (one, other) = (one / first, other / second);
        dot(&one, &other) / (one.norm() * other.norm())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::number::random::Generator;
    use nalgebra::{dmatrix, dvector};

    #[test]
    fn a_right_angle_has_the_cosine_0_in_every_direction_and_size() {
        let mut dice = Generator::of_iteration(11, 0);
        let mut was_lost = false;
        for size in [1e-300, 1e-160, 1.0, 1e160, 1e300] {
            for n in 2..8 {
                let one = Vector::from_fn(n, |_, _| dice.normal());
                let unit = one.normalize();
                let other = Vector::from_fn(n, |_, _| dice.normal());
                // The part across, made twice, so that rounding alone is left along `one`.
                let across = &other - &unit * unit.dot(&other);
                let across = &across - &unit * unit.dot(&across);
                was_lost |= one.dot(&across) != 0.0;
                assert_eq!(cosine(&(&one * size), &(&across * size)), Some(0.0), "{n}, {size:e}");
                let tilted = &across + &unit * (1e-12 * across.norm());
                let found = cosine(&one, &tilted).unwrap();
                assert!((found - 1e-12).abs() < 1e-14, "a small cosine is no rounding: {found:e}");
            }
        }
        assert!(was_lost, "no case would have shown rounding");
    }

    #[test]
    fn lengths_need_no_square() {
        for size in [5e-324, 1e-200, 1.0, 1e200, 3e307] {
            let found = norm(&dvector![3.0 * size, 4.0 * size]);
            assert!((found / size - 5.0).abs() < 1e-15, "{size:e}: {found:e}");
        }
        assert_eq!(norm(&dvector![0.0, 0.0]), 0.0);
        assert!(norm(&dvector![f64::NAN, 1.0]).is_nan());
        assert_eq!(norm(&dvector![f64::INFINITY, 1.0]), f64::INFINITY);
        assert_eq!(cosine(&dvector![0.0, 0.0], &dvector![1.0, 0.0]), None);
    }

    #[test]
    fn one_product_is_never_rounding() {
        assert_eq!(dot(&dvector![1e-200], &dvector![1e-100]), 1e-300);
        assert_eq!(dot(&dvector![1e200, 1.0], &dvector![-1e200, 1.0]), f64::NEG_INFINITY, "overflow is no rounding");
        assert_eq!(bend(&dmatrix![1e-17, 0.0; 0.0, 1.0], &dvector![1.0, 0.0]), 1e-17);
        let third = 1.0 / 3.0;
        assert_eq!(bend(&dmatrix![1.0, -third; -third, third * third], &dvector![third, 1.0]), 0.0);
    }
}
