import Glibc

/// a·b − c·d, rounded as if the products had not been (Kahan's algorithm; Jeannerod, Louvet and Muller 2013).
func differenceOfProducts(_ a: Double, _ b: Double, _ c: Double, _ d: Double) -> Double {
  let subtracted = c * d
  return fma(a, b, -subtracted) + fma(-c, d, subtracted)
}
