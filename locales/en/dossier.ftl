pdf-page = Page { $page } of { $of }
