"""One DMSC training step in PyTorch; reads the number of steps from standard input, answers with wall and processor
seconds of each."""

import sys
import time

import torch
import torch.nn.functional as F

SAMPLES = int(sys.argv[1]) if len(sys.argv) > 1 else 1440
torch.set_num_threads(1)
torch.manual_seed(0)
LAYERS = [(1, 10, 5, 2), (10, 20, 3, 1), (20, 30, 3, 2)]


def parameter(*shape):
    return torch.nn.Parameter(torch.randn(*shape) * 0.1)


class Modality:
    def __init__(self):
        self.images = torch.rand(SAMPLES, 1, 32, 32)
        self.encoder = [(parameter(o, i, k, k), parameter(o), k, s) for i, o, k, s in LAYERS]
        self.decoder = [(parameter(o, i, k, k), parameter(i), k, s) for i, o, k, s in reversed(LAYERS)]

    def parameters(self):
        return [p for layer in self.encoder + self.decoder for p in layer[:2]]

    def encode(self):
        x = self.images
        for weight, bias, kernel, stride in self.encoder:
            x = F.relu(F.conv2d(x, weight, bias, stride=stride, padding=kernel // 2))
        return x

    def decode(self, z):
        x = z
        for weight, bias, kernel, stride in self.decoder:
            padding = kernel // 2
            x = F.conv_transpose2d(x, weight, bias, stride=stride, padding=padding, output_padding=stride - 1)
            x = F.relu(x)
        return x


modalities = [Modality(), Modality()]
coefficients = torch.nn.Parameter(torch.full((SAMPLES, SAMPLES), 1e-4))
off_diagonal = 1 - torch.eye(SAMPLES)
optimiser = torch.optim.Adam([coefficients] + [p for m in modalities for p in m.parameters()], lr=1e-3, eps=1e-7)


def step():
    optimiser.zero_grad(set_to_none=True)
    s = coefficients * off_diagonal
    loss = s.square().sum()
    for modality in modalities:
        code = modality.encode()
        z = code.flatten(1)
        z_hat = s @ z
        reconstruction = modality.decode(z_hat.view_as(code))
        loss = loss + (reconstruction - modality.images).square().sum() + (z_hat - z).square().sum()
    loss.backward()
    optimiser.step()
    return loss.item()


for line in sys.stdin:
    times = []
    for _ in range(int(line)):
        wall, processor = time.perf_counter(), time.process_time()
        step()
        times += [time.perf_counter() - wall, time.process_time() - processor]
    print(" ".join(f"{t:.6f}" for t in times), flush=True)
