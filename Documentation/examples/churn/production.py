"""Stands for production: scores a day's customers with the champion, and learns three days later who left."""

import csv, datetime, json, os, random, sys

day = int(sys.argv[1])
random.seed(day)
date = datetime.date(2026, 3, 1) + datetime.timedelta(days=day)
champion = "state/models/churn/champion"
serving = os.path.exists(champion)
rates = json.load(open(champion + "/rates.json")) if serving else {}
version = os.path.basename(os.readlink(champion)) if serving else ""

predictions = [["customer", "scored_at", "score", "version", "visits"]]
labels = [["customer", "known_at", "left"]]
for number in range(300):
    customer, visits = f"{day}-{number}", random.randint(0, 9)
    score = rates.get(str(visits), 0.5) if serving else ""
    # On day 40 it turns: from now on those leave who come often.
    risk = 0.86 - 0.08 * visits if day < 40 else 0.14 + 0.08 * visits
    predictions.append([customer, f"{date}T12:00:00Z", score, version, visits])
    labels.append([customer, f"{date + datetime.timedelta(days=3)}T12:00:00Z", int(random.random() < risk)])
for folder, rows in [("predictions", predictions), ("labels", labels)]:
    os.makedirs("data/" + folder, exist_ok=True)
    with open(f"data/{folder}/{date}.csv", "w", newline="") as file:
        csv.writer(file).writerows(rows)
