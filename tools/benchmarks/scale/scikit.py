"""Clusters the rows in the .npy file argv[1] into argv[2] clusters, by the graph of their 10 nearest neighbours, once for every seed that comes on stdin."""
import json
import sys
import time

import numpy
from sklearn.cluster import SpectralClustering

rows, clusters = numpy.load(sys.argv[1]), int(sys.argv[2])
print(json.dumps("ready"), flush=True)
for line in sys.stdin:
    start, processor = time.perf_counter(), time.process_time()
    model = SpectralClustering(clusters, affinity="nearest_neighbors", random_state=int(line), n_jobs=-1)
    labels = model.fit_predict(rows)
    seconds = {"seconds": time.perf_counter() - start, "processorSeconds": time.process_time() - processor}
    print(json.dumps({"labels": labels.tolist(), **seconds}), flush=True)
