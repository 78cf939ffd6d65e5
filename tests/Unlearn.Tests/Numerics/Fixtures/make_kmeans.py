"""k-means of scikit-learn on fixed points: writes kmeans.json beside itself. Run with Debian's python3-sklearn.

For each set of points: Lloyd's rounds from given first means, and the best of 50 k-means++ beginnings.
"""
import json
import pathlib

import numpy
from sklearn.cluster import KMeans

random = numpy.random.default_rng(7)
blobs = numpy.concatenate([random.normal(centre, 0.6, size=(9, 3)) for centre in ([0, 0, 0], [4, 0, 1], [0, 5, -2], [3, 3, 3])])
sets = {
    "blobs": (blobs, 4),
    "cloud": (random.normal(size=(40, 5)), 3),
    "directions": ((lambda x: x / numpy.linalg.norm(x, axis=1, keepdims=True))(random.normal(size=(30, 8))), 5),
    "line": (numpy.array([[0.0], [1.0], [2.0], [10.0], [11.0], [12.5], [30.0]]), 3),
}
result = {}
for name, (points, clusters) in sets.items():
    first = points[:clusters]
    given = KMeans(clusters, init=first, n_init=1, tol=0, algorithm="lloyd").fit(points)
    best = KMeans(clusters, n_init=50, tol=0, random_state=3, algorithm="lloyd").fit(points)
    result[name] = {
        "points": points.tolist(), "first": first.tolist(), "centroids": given.cluster_centers_.tolist(),
        "labels": given.labels_.tolist(), "inertia": given.inertia_, "best": best.inertia_,
    }
pathlib.Path(__file__).with_name("kmeans.json").write_text(json.dumps(result, indent=0) + "\n", encoding="utf-8")
