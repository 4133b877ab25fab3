/** From this size on, polynomials of an operator that has them cost less than the orthogonalisation of a Krylov space. */
export const LARGE = 6000;
