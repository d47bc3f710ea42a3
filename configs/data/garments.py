"""Writes garments.csv: a table of 1,500 real garments, the first test images of Fashion-MNIST (Xiao, Rasul and Vollgraf
2017, MIT licence). Columns: the mean brightness (0 to 255) of each pair of rows from the top, which half is the brightest, and
the garment's name. Run: python3 configs/data/garments.py [folder of Fashion-MNIST]."""

import csv
import gzip
import pathlib
import sys

COUNT, SIDE = 1500, 28
NAMES = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"]

folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/datasets/fashion-mnist")
images = gzip.open(folder / "t10k-images-idx3-ubyte.gz").read()[16:]
labels = gzip.open(folder / "t10k-labels-idx1-ubyte.gz").read()[8:]


def brightest_half(rows):
    top, bottom = sum(map(sum, rows[: SIDE // 2])), sum(map(sum, rows[SIDE // 2 :]))
    left = sum(sum(row[: SIDE // 2]) for row in rows)
    halves = {"top": top, "bottom": bottom, "left": left, "right": top + bottom - left}
    return max(halves, key=halves.get)


with open(pathlib.Path(__file__).with_name("garments.csv"), "w", newline="", encoding="utf-8") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([f"rows {row + 1}-{row + 2}" for row in range(0, SIDE, 2)] + ["brightest half", "garment"])
    for image in range(COUNT):
        pixels = images[image * SIDE * SIDE : (image + 1) * SIDE * SIDE]
        rows = [pixels[row * SIDE : (row + 1) * SIDE] for row in range(SIDE)]
        means = [sum(rows[row] + rows[row + 1]) / (2 * SIDE) for row in range(0, SIDE, 2)]
        writer.writerow([f"{mean:.1f}" for mean in means] + [brightest_half(rows), NAMES[labels[image]]])
