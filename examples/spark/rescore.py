"""Scores records again, say under a changed rule, on all the processors that Spark has, and writes Parquet.

    pip install 'pyspark>=4,<5'
    python rescore.py --questionnaire changed/questionnaire.json records.jsonl --out rescored.parquet

Every part of the records goes through one process of `intake assess`. A record that is refused is a row with its error
and without a score; nothing is dropped.
"""

import argparse
import json
import os
import shlex
import shutil

from pyspark.sql import SparkSession
from pyspark.sql.types import ArrayType, IntegerType, StringType, StructField, StructType

DOMAINS = [f"D{number:02}" for number in range(1, 13)]
SCHEMA = StructType(
    [
        StructField("profile_id", StringType()),
        StructField("station", StringType()),
        StructField("assessed_on", StringType()),
        StructField("status", StringType()),
        StructField("rules_hash", StringType()),
        *(StructField(domain.lower(), IntegerType()) for domain in DOMAINS),
        StructField("needs", ArrayType(StringType())),
        StructField("alerts", ArrayType(StringType())),
        StructField("error", StringType()),
        # The whole profile, for what is not a column.
        StructField("profile", StringType()),
    ]
)


def row(line):
    """What is looked at most often, as columns."""
    profile = json.loads(line)
    if "error" in profile:
        return tuple(profile["error"]["code"] if name == "error" else None for name in SCHEMA.names)
    values = {
        "profile_id": profile["profile_id"],
        "station": profile["provenance"].get("station"),
        "assessed_on": profile["assessed_on"],
        "status": profile["status"],
        "rules_hash": profile["questionnaire"]["rules_hash"],
        **{domain.lower(): profile["domain_levels"][domain] for domain in DOMAINS},
        "needs": [need["id"] for need in profile["needs"]],
        "alerts": [f"{alert['grade']} {alert['rule']}" for alert in profile["alerts"]],
        "profile": line,
    }
    return tuple(values.get(name) for name in SCHEMA.names)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("records", help="a file, or a folder, of records, one a line")
    arguments.add_argument("--questionnaire", required=True, help="the questionnaire to score with")
    arguments.add_argument("--out", required=True, help="the folder of the Parquet files")
    arguments.add_argument("--intake", default="intake", help="the program")
    arguments.add_argument("--master", default="local[*]", help="where Spark runs")
    arguments.add_argument("--without-profile", action="store_true", help="leave the whole profile out")
    options = arguments.parse_args()

    spark = SparkSession.builder.master(options.master).appName("rescore").getOrCreate()
    # Spark starts the program without an environment: without the search path, too.
    program = shutil.which(options.intake) or options.intake
    command = shlex.join([program, "assess", "--jobs", "1", os.path.abspath(options.questionnaire), "-"])
    # Exit status 1 says that a record was refused, which is a row here. Any other failure ends the job: without
    # `checkCode` the records of that part would be missing without a word.
    guarded = shlex.join(["/bin/sh", "-c", f"{command} || [ $? -eq 1 ]"])
    records = spark.sparkContext.textFile(options.records)
    profiles = records.pipe(guarded, checkCode=True)
    table = spark.createDataFrame(profiles.map(row), SCHEMA)
    if options.without_profile:
        table = table.drop("profile")
    table.write.mode("overwrite").parquet(options.out)
    written = spark.read.parquet(options.out)
    refused = written.where("error IS NOT NULL").count()
    print(f"{written.count()} records, {refused} refused")
    spark.stop()


if __name__ == "__main__":
    main()
