"""The median regret of Optuna's TPE on Branin and Hartmann-6: 60 trials, over the seeds from 0.

Prints one number a line. Arguments: the number of seeds, default 20; any second one chooses the multivariate sampler.
"""

import math
import statistics
import sys

import optuna

TRIALS, SEEDS = 60, int(sys.argv[1]) if len(sys.argv) > 1 else 20
A = [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]]
P = [
    [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
    [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
    [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
    [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
]
C = [1.0, 1.2, 3.0, 3.2]


def branin(trial):
    x, y = trial.suggest_float("x", -5, 10), trial.suggest_float("y", 0, 15)
    inner = y - 5.1 / (4 * math.pi**2) * x * x + 5 / math.pi * x - 6
    return inner**2 + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x) + 10


def hartmann6(trial):
    x = [trial.suggest_float(f"x{i}", 0, 1) for i in range(6)]
    return -sum(C[k] * math.exp(-sum(A[k][i] * (x[i] - P[k][i]) ** 2 for i in range(6))) for k in range(4))


def best(function, seed):
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed, multivariate=len(sys.argv) > 2))
    study.optimize(function, n_trials=TRIALS)
    return study.best_value


optuna.logging.set_verbosity(optuna.logging.ERROR)
for function, minimum in (branin, 0.397887), (hartmann6, -3.32237):
    print(statistics.median(best(function, seed) for seed in range(SEEDS)) - minimum)
