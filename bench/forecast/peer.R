# The same work with R and glmnet: Rscript peer.R TASK FILE TIMES SEED PREDICTORS... prints one line of JSON.
# `once` holds what is timed; drawing the folds belongs to it, reading the file only for the pipeline.
suppressPackageStartupMessages(library(glmnet))
arguments <- commandArgs(trailingOnly = TRUE)
task <- arguments[1]
file <- arguments[2]
times <- as.integer(arguments[3])
seed <- as.integer(arguments[4])
predictors <- arguments[-(1:4)]
outcomes <- c("mk_onset_1or2", "mk_onset", "mk_onset_1", "mk_onset_2")

load_table <- function() {
  table <- read.csv(file, check.names = FALSE, na.strings = c("", "NA"))
  table$known <- complete.cases(table[, c(predictors, "ewp_name", "ccode")])
  table$taught <- table$known & complete.cases(table[, outcomes])
  table
}

fit <- function(table, through, outcome = "mk_onset_1or2", threshold = 1e-7) {
  rows <- table[table$year <= through & table$taught, ]
  set.seed(seed)
  folds <- sample(rep(seq(10), length = nrow(rows)))
  cv.glmnet(as.matrix(rows[, predictors]), rows[[outcome]], family = "binomial", alpha = 0.5,
            foldid = folds, thresh = threshold)
}

forecast <- function(table, model, year) {
  rows <- as.matrix(table[table$year == year & table$known, predictors])
  predict(model, rows, s = "lambda.min", type = "response")
}

pipeline <- function() {
  table <- load_table()
  last <- max(table$year)
  main <- fit(table, last - 2)
  forecast(table, main, last)
  forecast(table, fit(table, last - 3), last - 1)
  forecast(table, fit(table, last - 2, "mk_onset_1"), last)
  for (through in 1991:(last - 3)) forecast(table, fit(table, through), through + 2)
  main
}

table <- load_table()
last <- max(table$year)
once <- switch(task,
  cv = function() fit(table, last - 2),
  converged = function() fit(table, last - 2, threshold = 1e-14),
  pipeline = pipeline)

cpu <- c()
wall <- c()
for (i in seq_len(times)) {
  before <- proc.time()
  model <- once()
  used <- proc.time() - before
  cpu <- c(cpu, used[["user.self"]] + used[["sys.self"]])
  wall <- c(wall, used[["elapsed"]])
}
status <- readLines("/proc/self/status")
peak <- as.numeric(sub("[^0-9]*([0-9]+).*", "\\1", grep("^VmHWM", status, value = TRUE))) / 1024
numbers <- function(values) paste0("[", paste(format(values, digits = 6), collapse = ","), "]")
cat(sprintf('{"cpu":%s,"wall":%s,"peakMegabytes":%.1f,"passes":%d,"lambda":%.17g}\n',
            numbers(cpu), numbers(wall), peak, model$glmnet.fit$npasses, model$lambda.min))
