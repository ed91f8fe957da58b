"""Scrapy commands of newsarchive: `crawl` and `runspider` that end with a meaningful exit code."""
