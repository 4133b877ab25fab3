"""Clusters the affinity in the file argv[1] (n = argv[2], clusters = argv[3]) once for every seed that comes on stdin."""
import json
import sys
import time

import numpy
from sklearn.cluster import SpectralClustering

n, clusters = int(sys.argv[2]), int(sys.argv[3])
affinity = numpy.fromfile(sys.argv[1]).reshape(n, n)
print(json.dumps("ready"), flush=True)
for line in sys.stdin:
    start, processor = time.perf_counter(), time.process_time()
    labels = SpectralClustering(clusters, affinity="precomputed", random_state=int(line)).fit_predict(affinity)
    seconds = {"elapsed": time.perf_counter() - start, "processor": time.process_time() - processor}
    print(json.dumps({"labels": labels.tolist(), **seconds}), flush=True)
