export { checkFinite } from './checks/check-finite.js';
export { checkSquare } from './checks/check-square.js';
export { checkSymmetric } from './checks/check-symmetric.js';
export { columnDeviations, type ColumnDeviationsOptions } from './columns/column-deviations.js';
export {
  columnDeviationsOfBlocks,
  type ColumnDeviationsOfBlocksOptions,
} from './columns/column-deviations-of-blocks.js';
export { columnMeansOfBlocks, type ColumnMeansOfBlocksOptions } from './columns/column-means-of-blocks.js';
export { columnMeans, type ColumnMeansOptions } from './columns/column-means.js';
export { standardDeviation } from './columns/standard-deviation.js';
export { variance } from './columns/variance.js';
export { subtractRow } from './columns/subtract-row.js';
export { covarianceByPasses, type CovarianceByPassesOptions } from './covariance/covariance-by-passes.js';
export { covarianceOfBlocks, type CovarianceOfBlocksOptions } from './covariance/covariance-of-blocks.js';
export {
  covarianceOperator,
  formsCovariance,
  type CovarianceOptions,
} from './covariance/covariance-operator.js';
export { covarianceOperatorOfBlocks } from './covariance/covariance-operator-of-blocks.js';
export { gramOfBlocks, type GramOfBlocksOptions } from './covariance/gram-of-blocks.js';
export { squaredDistance } from './distances/squared-distance.js';
export { columnsWithFixedSigns } from './eigen/columns-with-fixed-signs.js';
export type { EigenRows, KnownEigenvectors } from './eigen/eigen-rows.js';
export type { EigenpairOptions } from './eigen/eigenpair-options.js';
export type { Eigenpairs } from './eigen/eigenpairs.js';
export { largestEigenRows, type EigenRowOptions } from './eigen/largest-eigen-rows.js';
export {
  largestEigenpairsByPasses,
  type PassEigenpairOptions,
} from './eigen/largest-eigenpairs-by-passes.js';
export { largestEigenpairs } from './eigen/largest-eigenpairs.js';
export { symmetricEigen } from './eigen/symmetric-eigen.js';
export { choleskyInPlace, type BadPivot } from './factorisations/cholesky-in-place.js';
export { invertLower } from './factorisations/invert-lower.js';
export { polarFactor, type PolarFactor } from './factorisations/polar-factor.js';
export { thinSvd, type ThinSvd } from './factorisations/svd/thin-svd.js';
export { chebyshevFilter, type FilterOptions } from './operators/chebyshev-filter.js';
export { operatorOf, type OperatorOptions } from './operators/operator-of.js';
export { partitionedOperator } from './operators/partitioned-operator.js';
export { scaleWeight } from './operators/scale-weight.js';
export type { PassOperator } from './operators/pass-operator.js';
export type { Interval, SymmetricOperator } from './operators/symmetric-operator.js';
export type { WeightedPartition } from './operators/weighted-partition.js';
export { matrixProduct } from './products/matrix-product.js';
export { projectRows, type ProjectRowsOptions } from './products/project-rows.js';
export { scaleMatrix } from './products/scale-matrix.js';
export { transposeMatrix } from './products/transpose-matrix.js';
export { transposeCsr } from './sparse/transpose-csr.js';
export { weightedSumCsr } from './sparse/weighted-sum-csr.js';
export {
  selectedProducts,
  type SelectedProducts,
  type SelectedProductsOptions,
} from './products/selected/selected-products.js';
