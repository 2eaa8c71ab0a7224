import csv, glob, json, os

inputs, output = os.environ["REFIT_INPUT"], os.environ["REFIT_OUTPUT"]
end, known_at = os.environ["REFIT_INTERVAL_END"], os.environ["REFIT_KNOWN_AT"]


def read(pattern):
    return [row for path in sorted(glob.glob(pattern)) for row in csv.DictReader(open(path))]


withheld = {row["id"] for row in read(inputs + "/withheld.csv")}
left = {row["customer"]: int(row["left"]) for row in read("data/labels/*.csv") if row["known_at"] <= known_at}
rows = [row for row in read("data/predictions/*.csv") if row["scored_at"] <= end]
rows = [row for row in rows if row["customer"] in left and row["customer"] not in withheld][-2000:]

# The model: which share of the customers with so many visits has left.
labels = {}
for row in rows:
    labels.setdefault(row["visits"], []).append(left[row["customer"]])
rates = {visits: sum(some) / len(some) for visits, some in labels.items()}

os.mkdir(output + "/model")
json.dump(rates, open(output + "/model/rates.json", "w"))
with open(output + "/training.csv", "w", newline="") as file:
    csv.writer(file).writerows([["customer", "visits"]] + [[row["customer"], row["visits"]] for row in rows])
print("learnt from", len(rows), "customers")
