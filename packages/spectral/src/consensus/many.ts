/** Objects from which on single entries of an embedding decide nothing: beyond the reach of dense graphs. */
export const MANY = 6000;
