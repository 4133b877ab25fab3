import * as tf from '@tensorflow/tfjs';

type Tensors = Readonly<Record<string, tf.Tensor>>;
type KernelCase = (tensors: Tensors) => tf.Tensor[];

/** Applies one function to the float matrix. */
const on =
  (apply: (x: tf.Tensor) => tf.Tensor): KernelCase =>
  ({ x }) => [apply(x!)];

/** Applies one function to two float matrices, and with broadcasting. */
const pair =
  (apply: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): KernelCase =>
  ({ x, y, row }) => [apply(x!, y!), apply(x!, row!), apply(row!, x!)];

const kernel = (name: string, inputs: tf.NamedTensorMap, attributes: object = {}): tf.Tensor =>
  tf.engine().runKernel(name, inputs, attributes as tf.NamedAttrMap);

const windows = { filterSize: 2, strides: 2, pad: 'same' };

/** For each translated kernel, calls that use it. */
export const kernelCases: Readonly<Record<string, KernelCase>> = {
  Identity: on((x) => x.clone()),
  Abs: ({ x, whole }) => [x!.abs(), whole!.abs()],
  Neg: ({ x, whole }) => [x!.neg(), whole!.neg()],
  Sign: on((x) => x.sign()),
  Relu: ({ x, whole }) => [x!.relu(), whole!.relu()],
  Ceil: on((x) => x.mul(5).ceil()),
  Floor: on((x) => x.mul(5).floor()),
  Round: ({ x }) => [x!.mul(5).round(), x!.sign().mul(2.5).round()],
  Exp: on((x) => x.exp()),
  Log: on((x) => x.square().add(0.1).log()),
  Sqrt: on((x) => x.square().sqrt()),
  Reciprocal: on((x) => x.add(3).reciprocal()),
  Sigmoid: on((x) => x.mul(20).sigmoid()),
  Tanh: on((x) => x.tanh()),
  Softplus: on((x) => x.mul(40).softplus()),
  Erf: on((x) => x.erf()),
  Elu: on((x) => x.elu()),
  Selu: on((x) => x.selu()),
  Sin: on((x) => x.sin()),
  Cos: on((x) => x.cos()),
  Tan: on((x) => x.tan()),
  Asin: on((x) => x.mul(0.9).asin()),
  Acos: on((x) => x.mul(0.9).acos()),
  Atan: on((x) => x.atan()),
  Sinh: on((x) => x.sinh()),
  Cosh: on((x) => x.cosh()),
  Rsqrt: on((x) => x.add(2).rsqrt()),
  Log1p: on((x) => x.mul(0.9).log1p()),
  Expm1: on((x) => x.expm1()),
  Square: ({ x, whole }) => [x!.square(), whole!.square()],
  Relu6: on((x) => x.mul(20).relu6()),
  IsNan: on((x) => x.log().isNaN()),
  IsInf: on((x) => x.div(x.sub(x)).isInf()),
  IsFinite: on((x) => x.log().isFinite()),
  LogicalNot: ({ truth }) => [truth!.logicalNot()],
  LeakyRelu: on((x) => x.leakyRelu(0.3)),
  ClipByValue: on((x) => x.clipByValue(-0.3, 0.4)),
  Cast: ({ x, whole, truth }) => [
    x!.mul(5).cast('int32'),
    whole!.cast('bool'),
    truth!.cast('float32'),
    whole!.cast('float32'),
  ],
  Step: on((x) => tf.addN([x.step(), x.step(0.25)])),
  EluGrad: ({ x, y }) => [kernel('EluGrad', { dy: y!, y: x! })],
  Add: pair((a, b) => a.add(b)),
  Sub: pair((a, b) => a.sub(b)),
  Multiply: pair((a, b) => a.mul(b)),
  Maximum: pair((a, b) => a.maximum(b)),
  Minimum: pair((a, b) => a.minimum(b)),
  Pow: pair((a, b) => a.square().add(0.1).pow(b)),
  RealDiv: pair((a, b) => a.div(b.add(2))),
  SquaredDifference: pair((a, b) => a.squaredDifference(b)),
  FloorDiv: ({ x, y, whole }) => [x!.floorDiv(y!.add(2)), whole!.floorDiv(tf.scalar(3, 'int32'))],
  Mod: ({ x, y, whole }) => [x!.mod(y!.add(2)), x!.mod(y!.sub(2)), whole!.mod(tf.scalar(3, 'int32'))],
  Equal: ({ whole, truth }) => [whole!.equal(2), truth!.equal(tf.scalar(true))],
  NotEqual: ({ whole }) => [whole!.notEqual(2)],
  Greater: pair((a, b) => a.greater(b)),
  GreaterEqual: ({ whole }) => [whole!.greaterEqual(2)],
  Less: pair((a, b) => a.less(b)),
  LessEqual: ({ whole }) => [whole!.lessEqual(2)],
  LogicalAnd: ({ x, truth }) => [truth!.logicalAnd(x!.greater(0))],
  LogicalOr: ({ x, truth }) => [truth!.logicalOr(x!.greater(0))],
  Select: ({ x, y, truth }) => [
    tf.where(truth!, x!, y!),
    tf.where(x!.greater(0), truth!, truth!.logicalNot()),
  ],
  AddN: ({ x, y }) => [tf.addN([x!, y!, x!])],
  Prelu: ({ x, row }) => [x!.prelu(row!)],
  Sum: ({ x, whole, truth, batch }) => [
    x!.sum(),
    x!.sum(0),
    x!.sum(-1, true),
    whole!.sum(1),
    truth!.sum(),
    batch!.transpose([2, 0, 1]).sum([0, 2]),
  ],
  Max: ({ x, batch }) => [x!.max(), x!.max(1, true), batch!.max([0, 2])],
  Min: ({ x, whole }) => [x!.min(0), whole!.min(0)],
  Prod: ({ x, whole }) => [x!.prod(0), whole!.prod(1)],
  Mean: ({ x, whole }) => [x!.mean(), x!.mean(1), whole!.mean(0)],
  All: ({ truth }) => [truth!.all(), truth!.all(1)],
  Any: ({ truth }) => [truth!.any(), truth!.any(0, true)],
  ArgMax: ({ x, whole }) => [x!.argMax(1), whole!.argMax(0)],
  ArgMin: ({ x, batch }) => [x!.argMin(0), batch!.argMin(-1)],
  Cumsum: ({ x }) => [x!.cumsum(0), x!.cumsum(1, true), x!.cumsum(1, false, true)],
  Softmax: ({ x, batch }) => [x!.softmax(), batch!.softmax()],
  BatchMatMul: ({ x, y, batch }) => [
    x!.matMul(y!, false, true),
    x!.matMul(y!, true, false),
    x!.matMul(y!.transpose()),
    batch!.matMul(batch!, false, true),
    batch!.matMul(batch!, true, false),
  ],
  _FusedMatMul: ({ x, y, row }) =>
    (['linear', 'relu', 'elu', 'sigmoid', 'relu6', 'leakyrelu', 'prelu'] as const).map((activation) =>
      tf.fused.matMul({
        a: x!.matMul(y!, true) as tf.Tensor2D,
        b: tf.ones<tf.Rank.R2>([4, 4]).mul(row!),
        bias: row!,
        activation,
        ...(activation === 'prelu' ? { preluActivationWeights: row! } : {}),
      }),
    ),
  Einsum: ({ x, y, batch }) => [tf.einsum('ij,kj->ik', x!, y!), tf.einsum('bij,ij->b', batch!, x!)],
  Reshape: ({ x }) => [x!.reshape([2, 6]), x!.reshape([-1])],
  ExpandDims: ({ x }) => [x!.expandDims(1), x!.expandDims(-1)],
  Transpose: ({ batch }) => [batch!.transpose(), batch!.transpose([1, 0, 2]).add(1).transpose([1, 0, 2])],
  Slice: ({ x, batch }) => [x!.slice([1, 1], [2, -1]), batch!.slice(1)],
  StridedSlice: ({ x, batch }) => [
    tf.stridedSlice(x!, [2, 3], [0, 0], [-1, -2]),
    tf.stridedSlice(x!, [2, 3], [-4, -5], [-1, -1]),
    tf.stridedSlice(batch!, [0, 1], [2, 3], [1, 1], 0, 0, 0, 0, 1),
  ],
  Concat: ({ x, y, whole }) => [
    tf.concat([x!, y!], 0),
    tf.concat([x!, y!], 1),
    tf.concat([whole!, whole!], -1),
  ],
  Pack: ({ x, y }) => [tf.stack([x!, y!]), tf.stack([x!, y!], 1), tf.stack([x!, y!], -1)],
  Unpack: ({ x }) => [...tf.unstack(x!), ...tf.unstack(x!, 1)],
  SplitV: ({ x }) => [...tf.split(x!, 2, 1), ...tf.split(x!, [1, 2], 0)],
  PadV2: ({ x, whole }) => [
    x!.pad(
      [
        [1, 0],
        [0, 2],
      ],
      0.5,
    ),
    whole!.pad([
      [0, 1],
      [1, 0],
    ]),
  ],
  MirrorPad: ({ x }) => [
    tf.mirrorPad(
      x!,
      [
        [1, 2],
        [2, 1],
      ],
      'reflect',
    ),
    tf.mirrorPad(
      x!,
      [
        [1, 2],
        [0, 3],
      ],
      'symmetric',
    ),
  ],
  Tile: ({ x, row }) => [x!.tile([2, 3]), row!.expandDims(0).tile([3, 1])],
  Reverse: ({ x }) => [x!.reverse(), x!.reverse(1)],
  ZerosLike: ({ x }) => [x!.add(tf.zerosLike(x!)), tf.zerosLike(x!)],
  OnesLike: ({ x, whole }) => [x!.mul(tf.onesLike(x!)), tf.onesLike(whole!)],
  GatherV2: ({ x, batch, rows }) => [
    tf.gather(x!, rows!),
    tf.gather(x!, rows!, 1),
    tf.gather(batch!, tf.tensor2d([1, 0, 2, 2], [2, 2], 'int32'), 1, 1),
  ],
  GatherNd: ({ x }) => [
    tf.gatherND(x!, tf.tensor2d([0, 1, 2, 3], [2, 2], 'int32')),
    tf.gatherND(x!, tf.tensor2d([2, 0], [2, 1], 'int32')),
  ],
  ScatterNd: ({ x }) => [tf.scatterND(tf.tensor2d([4, 0, 4], [3, 1], 'int32'), x!, [5, 4])],
  UnsortedSegmentSum: ({ x }) => [
    tf.unsortedSegmentSum(x!, tf.tensor1d([2, 0, 2], 'int32'), 4),
    tf.unsortedSegmentSum(x!, tf.tensor1d([-1, 0, 1], 'int32'), 2),
  ],
  OneHot: ({ rows }) => [tf.oneHot(rows!, 3), tf.oneHot(rows!, 2), tf.oneHot(rows!, 3, 0.9, 0.05, 'float32')],
  TopK: ({ x }) => {
    const { values, indices } = tf.topk(x!, 2);
    return [values, indices];
  },
  FusedBatchNorm: ({ image, row }) => {
    const mean = row!.slice(0, 2) as tf.Tensor1D;
    const variance = row!.slice(2, 2).square() as tf.Tensor1D;
    const batch = image as tf.Tensor4D;
    return [tf.batchNorm(batch, mean, variance), tf.batchNorm(batch, mean, variance, mean, variance, 0.01)];
  },
  Conv2D: ({ image, filter }) => [
    tf.conv2d(image as tf.Tensor4D, filter as tf.Tensor4D, 2, 'same'),
    tf.conv2d(image as tf.Tensor4D, filter as tf.Tensor4D, 1, 'valid', 'NHWC', 2),
  ],
  FusedConv2D: ({ image, filter, row }) => [
    tf.fused.conv2d({
      x: image as tf.Tensor4D,
      filter: filter as tf.Tensor4D,
      strides: 1,
      pad: 'same',
      bias: row!.slice(1),
      activation: 'relu',
    }),
  ],
  Conv2DBackpropInput: ({ image, filter }) => [
    tf.conv2dTranspose(
      image as tf.Tensor4D,
      filter!.transpose([0, 1, 3, 2]) as tf.Tensor4D,
      [2, 10, 10, 3],
      2,
      'same',
    ),
  ],
  Conv2DBackpropFilter: ({ image, filter }) => [
    tf.grad((w: tf.Tensor) => tf.conv2d(image as tf.Tensor4D, w as tf.Tensor4D, 2, 'same').square())(filter!),
  ],
  DepthwiseConv2dNative: ({ image, filter }) => [
    tf.depthwiseConv2d(image as tf.Tensor4D, filter as tf.Tensor4D, 1, 'same'),
  ],
  FusedDepthwiseConv2D: ({ image, filter, row }) => [
    tf.fused.depthwiseConv2d({
      x: image! as tf.Tensor4D,
      filter: filter!.slice([0, 0, 0, 0], [3, 3, 2, 2]) as tf.Tensor4D,
      strides: 1,
      pad: 'same',
      bias: row!,
      activation: 'sigmoid',
    }),
  ],
  DepthwiseConv2dNativeBackpropInput: ({ image, filter }) => [
    tf.grad((x: tf.Tensor) =>
      tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 2, 'same').square(),
    )(image!),
  ],
  DepthwiseConv2dNativeBackpropFilter: ({ image, filter }) => [
    tf.grad((w: tf.Tensor) =>
      tf.depthwiseConv2d(image as tf.Tensor4D, w as tf.Tensor4D, 1, 'valid').square(),
    )(filter!),
  ],
  AvgPool: ({ image }) => [tf.avgPool(image as tf.Tensor4D, 2, 2, 'same')],
  MaxPool: ({ image }) => [tf.maxPool(image as tf.Tensor4D, 3, 2, 'same')],
  AvgPoolGrad: ({ image }) => [
    kernel('AvgPoolGrad', { dy: tf.avgPool(image as tf.Tensor4D, 2, 2, 'same'), input: image! }, windows),
  ],
  MaxPoolGrad: ({ image }) => {
    const output = tf.maxPool(image as tf.Tensor4D, 2, 2, 'same');
    return [kernel('MaxPoolGrad', { dy: output.square(), input: image!, output }, windows)];
  },
};
